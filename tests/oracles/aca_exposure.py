"""What section 4980H could cost, counted again by month and member in plain Python.

26 CFR 54.4980H-4 (a), -5 (b): a twelfth of the year's amount for each person counted, the 30 people
left out shared by the members of a group and rounded up for each, (b) never above (a).
Belongs here: the exposure of each month, and random groups and premium credits. Does not belong
here: the facts of a person (aca_1095c_rules.py), the codes (aca_1095c_forms.py), or any SQL.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from tests.oracles.aca_1095c import UNKNOWN, Answer, Person, end_of
from tests.oracles.aca_1095c_forms import decide_company, offer_counts, offer_share
from tests.oracles.aca_1095c_histories import Company
from tests.oracles.aca_1095c_people import YEAR
from tests.oracles.aca_1095c_rules import Rules

AMOUNT_A, AMOUNT_B, LEFT_OUT = 2900, 4350, 30  # 2025
EXPOSED = ("not_offered", "no_minimum_value", "no_safe_harbor")
Row = dict[str, Any]


@dataclass(frozen=True)
class Exposure:
    """One month of one employer, in the columns of `rpt_aca_exposure__month`."""

    mec_offer: bool | None
    full_time_count: int
    reduction: int | None
    exposed_count: int
    credit_exposed_count: int
    unknown_count: int
    margin_people: int | None
    a_low: Decimal
    a_high: Decimal
    b_low: Decimal
    b_high: Decimal
    total_low: Decimal
    total_high: Decimal


@dataclass
class Employer:
    """The people of one company who are on file for the year, judged once."""

    key: str
    people: list[Person]
    as_of: date

    def __post_init__(self) -> None:
        self.rules = [Rules(person, self.as_of) for person in self.people]
        self.filed = decide_company(self.people, self.as_of)

    def full_time(self, month: date) -> tuple[int, int]:
        """People certainly full-time and outside a limited non-assessment period, and the open."""
        certain = unknown = 0
        for rule in self.rules:
            employed = rule.employed(month)
            if employed is False:
                continue
            if rule.blocked:
                unknown += 1
                continue
            waiting, full_time = rule.waiting(month), rule.full_time(month)
            if waiting or full_time is False:
                continue
            if waiting is None or full_time is None:
                unknown += 1
            else:
                certain += 1
        return certain, unknown

    def kinds(self, number: int, month: date) -> list[tuple[str, str]]:
        """Each person's id and kind of exposure in the month."""
        return [
            (str(rule.person.employee["id"]), _kind(rule, month, filed.months[number - 1]))
            for rule, filed in zip(self.rules, self.filed, strict=True)
        ]


def _kind(rule: Rules, month: date, answer: Answer) -> str:
    if rule.blocked:
        return "unknown"
    employed, waiting, full_time = rule.employed(month), rule.waiting(month), rule.full_time(month)
    if employed is False or waiting or full_time is False:
        return "not_counted"
    if rule.relieved(month):
        return "protected"
    if employed is None or waiting is None or full_time is None:
        return "unknown"
    if UNKNOWN in (answer.line_14, answer.line_16):
        return "unknown"
    if answer.line_14 == "1A" or answer.line_16 is not None:
        return "protected"
    return {"1H": "not_offered", "1F": "no_minimum_value"}.get(answer.line_14, "no_safe_harbor")


def exposures(
    employers: Mapping[str, Employer],
    members: Sequence[Row],
    credits: frozenset[tuple[str, int]],
    key: str,
) -> list[Exposure]:
    """The twelve months of one employer, with the groups and the credits on file."""
    own = employers[key]
    found = []
    for number in range(1, 13):
        month = date(YEAR, number, 1)
        least, most = _left_out(employers, members, own, month)
        found.append(_month(own, number, month, credits, (least, most)))
    return found


def _month(
    own: Employer,
    number: int,
    month: date,
    credits: frozenset[tuple[str, int]],
    left_out: tuple[int, int],
) -> Exposure:
    kinds = own.kinds(number, month)
    exposed = [who for who, kind in kinds if kind in EXPOSED]
    unknown = sum(kind == "unknown" for _, kind in kinds)
    with_credit = sum((who, number) in credits for who in exposed)
    any_credit = any(
        (who, number) in credits for who, kind in kinds if kind not in {"not_counted", "unknown"}
    )
    certain, open_count = own.full_time(month)
    offered = offer_share(own.rules, month)
    a_least = _twelfth(max(0, certain - left_out[1]) * AMOUNT_A)
    a_most = _twelfth(max(0, certain + open_count - left_out[0]) * AMOUNT_A)
    zero = Decimal("0.00")
    a_low = a_least if offered is False and any_credit else zero
    a_high = zero if offered else a_most
    b_low = min(_twelfth(with_credit * AMOUNT_B), a_least) if offered else zero
    b_high = min(_twelfth((len(exposed) + unknown) * AMOUNT_B), a_most)
    b_high = zero if offered is False else b_high
    low = zero if offered is None else b_low if offered else a_low
    reduction = left_out[0] if left_out[0] == left_out[1] else None
    return Exposure(
        offered, certain, reduction, len(exposed), with_credit, unknown,
        _margin(own.rules, month), a_low, a_high, b_low, b_high, low, max(a_high, b_high),
    )  # fmt: skip


def _twelfth(amount: int) -> Decimal:
    return (Decimal(amount) / 12).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _margin(rules: Sequence[Rules], month: date) -> int | None:
    """Who could still go without an offer: a twentieth of the full-time people, or five."""
    offered, not_offered, unknown = offer_counts(rules, month)
    if unknown:
        return None
    return max((offered + not_offered) // 20, 5) - not_offered


def _left_out(
    employers: Mapping[str, Employer], members: Sequence[Row], own: Employer, month: date
) -> tuple[int, int]:
    """The least and the most of the 30 that this member may leave out."""
    groups = {row["group_name"] for row in members if _is_of(row, own.key, month)}
    others = {
        (row["ein"], row["company_id"]): row
        for row in members
        if row["group_name"] in groups and _holds(row, month) and row["company_id"] != own.key
    }
    if not others:
        return LEFT_OUT, LEFT_OUT
    counts = [_count_of(employers, row, month) for row in others.values()]
    certain = own.full_time(month)[0]
    if None in counts:
        return 0, LEFT_OUT
    everyone = certain + sum(count for count in counts if count is not None)
    if not everyone:
        return 0, LEFT_OUT
    share = ceil(Fraction(LEFT_OUT * certain, everyone))
    return share, share


def _is_of(row: Row, key: str, month: date) -> bool:
    return row["company_id"] == key and _holds(row, month)


def _holds(row: Row, month: date) -> bool:
    last = row["to_date"] or date.max
    return bool(row["from_date"] <= end_of(month) and last >= month)


def _count_of(employers: Mapping[str, Employer], row: Row, month: date) -> int | None:
    """Full-time people of another member: ours counted, else as the row states them."""
    ours = employers.get(row["company_id"])
    if ours is not None:
        certain, unknown = ours.full_time(month)
        if not unknown:
            return certain
    stated: int | None = row["monthly_full_time_count"]
    return stated


def random_groups(crowds: Sequence[Company], small: Sequence[Company], seed: int) -> list[Row]:
    """Groups of two or three crowds, some with a stranger, some ending in the year; and each small
    company in a group with a large stranger, which leaves it hardly any of the 30."""
    chance = random.Random(seed)
    rows: list[Row] = []
    waiting = list(crowds)
    while len(waiting) > 1:
        size = chance.choice([2, 2, 3])
        if chance.random() < 0.2:
            waiting.pop()
            continue
        name = f"Group {len(rows)}"
        taken, waiting = waiting[:size], waiting[size:]
        rows += [_ours(chance, name, company) for company in taken]
        if chance.random() < 0.3:
            rows.append(_stranger(chance, name, chance.choice([None, 10, 300])))
    for company in small:
        name = f"Group {len(rows)}"
        rows += [_ours(chance, name, company), _stranger(chance, name, chance.choice([300, 900]))]
    return rows


def _ours(chance: random.Random, name: str, company: Company) -> Row:
    own = company.rows["company"][0]
    return _member(chance, name, own["id"], own["ein"], chance.choice([None, 20, 45]))


def _stranger(chance: random.Random, name: str, count: int | None) -> Row:
    return _member(chance, name, None, f"01-{chance.randrange(10**7):07d}", count)


def _member(chance: random.Random, name: str, key: str | None, ein: str, count: int | None) -> Row:
    to_date = date(YEAR, chance.randint(1, 12), 20) if chance.random() < 0.15 else None
    return {
        "id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "group_name": name,
        "company_id": key,
        "name": f"Member {ein[-3:]}",
        "ein": ein,
        "from_date": date(2020, 1, 1),
        "to_date": to_date,
        "monthly_full_time_count": count,
    }


def random_credits(companies: Sequence[Company], seed: int) -> list[Row]:
    """Premium credits of some people in some months, some of them told twice."""
    chance = random.Random(seed)
    rows: list[Row] = []
    for company in companies:
        for person in company.people:
            if chance.random() > 0.25:
                continue
            for month in sorted(chance.sample(range(1, 13), chance.randint(1, 12))):
                for _ in range(chance.choice([1, 1, 1, 2])):
                    rows.append(
                        {
                            "id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
                            "employee_id": person["employee"][0]["id"],
                            "tax_year": YEAR,
                            "month": month,
                        }
                    )
    return rows
