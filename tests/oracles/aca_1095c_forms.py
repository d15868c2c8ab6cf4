"""Lines and forms of a whole company, from the monthly facts of each person.

Belongs here: the company's share of offers, lines 14 to 16, which form is due.
Does not belong here: reading rows, or any SQL.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.oracles.aca_1095c import (
    MV_CODES,
    UNKNOWN,
    ZIP_CODES,
    Answer,
    Fact,
    Person,
)
from tests.oracles.aca_1095c_harbors import monthly_harbors, wages_harbor
from tests.oracles.aca_1095c_ichra import years_old
from tests.oracles.aca_1095c_rules import Rules


@dataclass(frozen=True)
class Filed:
    """The twelve months of a person and the form that is due."""

    months: tuple[Answer, ...]
    form: str


def decide_company(people: Sequence[Person], as_of: date) -> list[Filed]:
    """Every person of a company: the share of offers needs all of them at once."""
    rules = [Rules(person, as_of) for person in people]
    months = rules[0].read.months if rules else []
    share = {month: offer_share(rules, month) for month in months}
    return [_decide(rule, share) for rule in rules]


def offer_counts(rules: Sequence[Rules], month: date) -> tuple[int, int, int]:
    """Full-time people with an offer to them and their children, without, and not known."""
    offered = not_offered = unknown = 0
    for rule in rules:
        if rule.blocked:
            unknown += rule.employed(month) is not False
            continue
        employed, waiting, full_time = (
            rule.employed(month),
            rule.waiting(month),
            rule.full_time(month),
        )
        what = rule.offered(month)
        if employed is False or waiting or full_time is False:
            continue
        if (
            rule.relieved(month)
            or (what.get("mec") and what.get("dependents"))
            or (what.get("cut") and what.get("dependents_cut"))
        ):
            offered += 1
        elif not what or full_time is None or waiting is None:
            unknown += 1
        else:
            not_offered += 1
    return offered, not_offered, unknown


def offer_share(rules: Sequence[Rules], month: date) -> Fact:
    """At least 95 % (or all but five) of the full-time people were offered coverage."""
    offered, not_offered, unknown = offer_counts(rules, month)
    everyone = offered + not_offered + unknown
    worst = not_offered + unknown
    if worst <= 5 or Fraction(worst, everyone) <= Fraction(5, 100):
        return True
    if not_offered > 5 and Fraction(not_offered, everyone) > Fraction(5, 100):
        return False
    return None


def _decide(rule: Rules, share: dict[date, Fact]) -> Filed:
    full = {m: rule.full_time(m) for m in rule.read.months}
    insured = {m: rule.self_insured(m) for m in rule.read.months}
    ever = True if True in full.values() else None if None in full.values() else False
    own = {m: rule.own_plan(m) for m in rule.read.months}
    any_insured = True if True in insured.values() else None if None in insured.values() else False
    any_own = True if True in own.values() else None if None in own.values() else False
    whole: Fact = None
    if ever or any_own is False:
        whole = False
    elif ever is False and any_own:
        whole = True
    codes = {m: _line_14(rule, m, whole, ever) for m in rule.read.months}
    harbors = _harbors(rule, codes, share)
    lines_16 = {m: _line_16(rule, m, whole, codes[m], harbors.get(m, "none")) for m in codes}
    answers = tuple(
        Answer(
            codes[m],
            _line_15(rule, m, codes[m]),
            lines_16[m],
            full[m],
            rule.waiting(m),
            rule.place(m)[1] if codes[m] in ZIP_CODES else None,
            _age(rule) if ZIP_CODES & set(codes.values()) else None,
        )
        for m in rule.read.months
    )
    return Filed(answers, _form(rule, ever, any_insured, whole, lines_16))


def _age(rule: Rules) -> int:
    return years_old(rule.person.employee["date_of_birth"], date(rule.person.year, 1, 1))


def _line_14(rule: Rules, month: date, whole: Fact, ever: Fact) -> str:
    if rule.blocked or whole is None:
        return UNKNOWN
    employed = rule.employed(month)
    if whole:
        return "1G"
    if not employed:
        return UNKNOWN if employed is None else "1H"
    if rule.relieved(month):
        return "1H"
    what = rule.offered(month)
    if not what:
        return UNKNOWN
    if not what["mec"]:
        return UNKNOWN if rule.enrolled(month) else "1H"
    if what["ichra"]:
        return _ichra_code(rule, month, what, ever)
    if not what["mv"]:
        return "1F"
    if what["spouse"] and what["dependents"]:
        qualifying = _qualifying(rule, month)
        return UNKNOWN if qualifying is None else "1A" if qualifying else "1E"
    if what["spouse"]:
        return "1D"
    if what["spouse_any"]:
        return "1K" if what["dependents"] else "1J"
    return "1C" if what["dependents"] else "1B"


def _ichra_code(rule: Rules, month: date, what: dict[str, Fact], ever: Fact) -> str:
    if ever is None:
        return UNKNOWN
    affordable, location = rule.affordable(month), rule.place(month)[0]
    if not ever:
        return "1S"
    if affordable is False:
        return "1R"
    if affordable is None or location is None:
        return UNKNOWN
    codes = {"residence": "1L 1M 1N 1T", "worksite": "1O 1P 1Q 1U"}[location].split()
    if what["spouse"]:
        return codes[2] if what["dependents"] else codes[3]
    return codes[1] if what["dependents"] else codes[0]


def _qualifying(rule: Rules, month: date) -> Fact:
    if not rule.person.employer.get("use_1a"):
        return False
    full_time = rule.full_time(month)
    return monthly_harbors(rule, month)[2] if full_time else full_time


def _line_15(rule: Rules, month: date, code: str) -> Decimal | str | None:
    if code == UNKNOWN:
        return UNKNOWN
    if code not in MV_CODES:
        return None
    price = rule.cheapest(month)[0]
    return UNKNOWN if price is None else price


def _harbors(rule: Rules, codes: dict[date, str], share: dict[date, Fact]) -> dict[date, str]:
    order = rule.person.employer.get("safe_harbor_order")
    claimed: list[str] = ["2G", "2H", "2F"] if order is None else json.loads(order)
    first: dict[date, str] = {}
    wages = wages_harbor(rule)
    for month, code in codes.items():
        if (
            code not in MV_CODES
            or rule.enrolled(month) is not False
            or rule.waiting(month) is not False
        ):
            continue
        if not rule.full_time(month):
            continue
        tests: dict[str, Any] = {**monthly_harbors(rule, month)[0], "2F": wages}
        passed = [name for name in claimed if tests[name]]
        open_ = any(tests[name] is None for name in claimed)
        first[month] = passed[0] if passed else UNKNOWN if open_ else "none"
    year_uses_2f = "2F" in first.values()
    chosen = {}
    for month, name in first.items():
        if name == "none" or share[month] is False:
            chosen[month] = "none"
        elif name == UNKNOWN or share[month] is None:
            chosen[month] = UNKNOWN
        else:
            chosen[month] = "2F" if year_uses_2f else name
    return chosen


def _line_16(rule: Rules, month: date, whole: Fact, code: str, harbor: str) -> str | None:
    if rule.blocked or whole is None:
        return UNKNOWN
    if whole:
        return None
    employed = rule.employed(month)
    if not employed:
        return UNKNOWN if employed is None else "2A"
    if rule.relieved(month):
        return "2E"
    what, enrolled = rule.offered(month), rule.enrolled(month)
    if enrolled is None:
        return UNKNOWN
    if enrolled:
        return "2C" if what.get("mec") else UNKNOWN
    waiting, full_time = rule.waiting(month), rule.full_time(month)
    if waiting or waiting is None:
        return "2D" if waiting else UNKNOWN
    if not full_time:
        return UNKNOWN if full_time is None else "2B"
    if not what:
        return UNKNOWN
    if not what["mec"]:
        return "2B" if what["cut"] else None
    if code == UNKNOWN:
        return UNKNOWN
    return {"none": None}.get(harbor, harbor)


def _form(
    rule: Rules, ever: Fact, insured: Fact, whole: Fact, lines_16: dict[date, str | None]
) -> str:
    status = rule.person.employer.get("ale_status")
    if rule.blocked or status not in {"ale", "not_ale"}:
        return "unknown"
    if status == "not_ale":
        return "1095-B" if insured else "unknown" if insured is None else "none"
    employed = [rule.employed(m) for m in rule.read.months]
    if rule.person.employer.get("form_for_everyone") and True in employed:
        return "1095-C"
    chosen = rule.person.employer.get("non_employee_form")
    if insured and not any(e is not False for e in employed) and chosen == "1095-B":
        return "1095-B"
    if (insured and True in employed) or whole:
        return "1095-C"
    if insured and whole is False and not any(e is not False for e in employed):
        return "unknown"
    counted = any(
        (line != UNKNOWN and line not in {"2A", "2D"})
        or (line == UNKNOWN and rule.employed(m) and rule.waiting(m) is False)
        for m, line in lines_16.items()
    )
    if ever and counted:
        return "1095-C"
    if insured is None:
        return "unknown"
    if ever is False or all(line in {"2A", "2D"} for line in lines_16.values()):
        return "none"
    return "unknown"
