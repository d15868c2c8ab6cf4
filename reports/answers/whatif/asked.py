"""What may be asked of a scenario, read from words such as `contribution.GOLD=+5%`.

Belongs here: the closed list of what can be set, and the one line that refuses anything else. Does
not belong here: what a set value changes (`changes`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

import polars as pl

from reports.errors import RequestError

KEYS: Final = (
    "contribution[.PLAN[.CLASS]], price[.PLAN], safe_harbor, eligibility_hours, law_year, "
    "law.PARAMETER"
)
HARBORS: Final = ("2F", "2G", "2H")
MOST_HOURS: Final = Decimal(744)
_AMOUNT: Final = re.compile(r"\d{1,6}(\.\d{1,2})?")
_PERCENT: Final = re.compile(r"([+-]\d{1,3}(\.\d{1,4})?)%")
_NUMBER: Final = re.compile(r"\d{1,9}(\.\d{1,4})?")
WHOLE_UNITS: Final = frozenset({"calendar months", "day of year", "days", "people", "weeks"})


@dataclass(frozen=True)
class Facts:
    """What a scenario can name: plans in force, their classes, and the law of every year.

    `plans` has one row per plan and contribution class offered for a whole month of the year
    (company_id, benefit_plan_id, plan_code, contribution_class, is_ichra); `law` holds the rows of
    the seed that an answer follows from.
    """

    tax_year: int
    plans: pl.DataFrame
    law: pl.DataFrame


@dataclass(frozen=True)
class Share:
    """A change of money for one plan, of one class or of all: an amount or a factor."""

    benefit_plan_id: str
    contribution_class: str | None
    amount: Decimal | None
    factor: Decimal | None


@dataclass(frozen=True)
class Asked:
    """One scenario, checked; `words` are the sets as they were typed."""

    tax_year: int
    words: tuple[str, ...] = ()
    contributions: tuple[Share, ...] = ()
    prices: tuple[Share, ...] = ()
    safe_harbors: tuple[str, ...] | None = None
    eligibility_hours: Decimal | None = None
    law: Mapping[tuple[str, int], Decimal] = field(default_factory=dict)


def read_asked(sets: Sequence[str], facts: Facts) -> Asked:
    """The scenario that sets describe; raise RequestError in one line where one means nothing."""
    pairs = [_pair(text) for text in sets]
    twice = [key for number, (key, _) in enumerate(pairs) if key in dict(pairs[:number])]
    if twice:
        raise RequestError(f"--set {twice[0]}: it is set twice")
    shares: dict[str, list[Share]] = {"contribution": [], "price": []}
    law: dict[tuple[str, int], Decimal] = {}
    harbors: tuple[str, ...] | None = None
    hours: Decimal | None = None
    for key, value in sorted(pairs, key=lambda pair: pair[0] != "law_year"):
        head, _, rest = key.partition(".")
        if head in shares:
            shares[head] += _shares(head, rest, value, facts, shares[head])
        elif key == "safe_harbor":
            harbors = _harbors(value)
        elif key == "eligibility_hours":
            hours = _hours(value)
        elif key == "law_year":
            law |= _law_of_year(value, facts)
        elif head == "law" and rest:
            law[rest, facts.tax_year] = _law_value(rest, value, facts)
        else:
            raise RequestError(f"--set {key}: it cannot be set; known are {KEYS}")
    return Asked(
        facts.tax_year,
        tuple(sets),
        tuple(shares["contribution"]),
        tuple(shares["price"]),
        harbors,
        hours,
        law,
    )


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = (part.strip() for part in text.partition("="))
    if not sign or not key or not value:
        raise RequestError(f"--set {text}: write NAME=VALUE; names are {KEYS}")
    return key, value


def _shares(
    head: str, place: str, value: str, facts: Facts, before: Sequence[Share]
) -> list[Share]:
    amount, factor = _money(head, place, value)
    found = [
        Share(plan, group, amount, factor)
        for plan, group in _places(f"{head}.{place}".rstrip("."), head, place, facts)
    ]
    taken = {(share.benefit_plan_id, share.contribution_class) for share in before}
    for share in found:
        plan, group = share.benefit_plan_id, share.contribution_class
        met = [one for other, one in taken if other == plan]
        if group in met or (met and None in (group, *met)):
            raise RequestError(f"--set {head}.{place}: another set speaks of the same plan")
    return found


def _money(head: str, place: str, value: str) -> tuple[Decimal | None, Decimal | None]:
    name = f"{head}.{place}".rstrip(".")
    percent = _PERCENT.fullmatch(value)
    if percent:
        factor = 1 + Decimal(percent[1]) / 100
        if factor < 0:
            raise RequestError(f"--set {name}={value}: no share falls by more than 100 %")
        return None, factor
    if head == "contribution" and _AMOUNT.fullmatch(value):
        return Decimal(value).quantize(Decimal("0.01")), None
    example = "100.00 or +5%" if head == "contribution" else "+5%"
    raise RequestError(f"--set {name}={value}: write it as {example}")


def _places(name: str, head: str, place: str, facts: Facts) -> list[tuple[str, str | None]]:
    """Plans by id, with the class where one is named; a plan is named by its code or its id."""
    plans = facts.plans.filter(~pl.col("is_ichra")) if head == "contribution" else facts.plans
    if not place:
        found = plans
        group = None
    else:
        found, group = _named(plans, place), None
        if found.is_empty() and head == "contribution" and "." in place:
            plan, _, group = place.rpartition(".")
            found = _named(plans, plan).filter(pl.col("contribution_class") == group)
    if found.is_empty():
        what = "plan and class" if head == "contribution" else "plan"
        raise RequestError(
            f"--set {name}: no employee is offered such a {what} for a whole month of "
            f"{facts.tax_year}; plans are {_codes(plans)}"
        )
    return sorted((plan, group) for plan in set(found["benefit_plan_id"].to_list()))


def _named(plans: pl.DataFrame, name: str) -> pl.DataFrame:
    wanted = name.lower()
    code, key = (pl.col(c).str.to_lowercase() for c in ("plan_code", "benefit_plan_id"))
    return plans.filter((code == wanted) | (key == wanted))


def _codes(plans: pl.DataFrame) -> str:
    return ", ".join(sorted(set(plans["plan_code"].drop_nulls().to_list()))) or "none"


def _harbors(value: str) -> tuple[str, ...]:
    if value.lower() == "none":
        return ()
    found = tuple(part.strip().upper() for part in value.split(","))
    if any(part not in HARBORS for part in found) or len(set(found)) < len(found):
        raise RequestError(
            f"--set safe_harbor={value}: write none, or some of {', '.join(HARBORS)} in their order"
        )
    return found


def _hours(value: str) -> Decimal:
    if not _NUMBER.fullmatch(value) or not 0 < Decimal(value) <= MOST_HOURS:
        raise RequestError(
            f"--set eligibility_hours={value}: write hours of service in a month, such as 130"
        )
    return Decimal(value)


def _law_of_year(value: str, facts: Facts) -> dict[tuple[str, int], Decimal]:
    """The law of another year in the place of this one's, and so of the years before it."""
    if not re.fullmatch(r"\d{4}", value):
        raise RequestError(f"--set law_year={value}: write a year, such as {facts.tax_year + 1}")
    shift = int(value) - facts.tax_year
    known = _by_key(facts.law)
    for parameter, year in sorted(known):
        if year == facts.tax_year and known.get((parameter, int(value))) is None:
            raise RequestError(f"--set law_year={value}: {parameter} is not known for that year")
    return {
        (parameter, year): moved
        for parameter, year in known
        if year <= facts.tax_year and (moved := known.get((parameter, year + shift))) is not None
    }


def _by_key(law: pl.DataFrame) -> dict[tuple[str, int], Decimal | None]:
    rows = law.select("parameter", "tax_year", "value").iter_rows()
    return {(parameter, year): value for parameter, year, value in rows}


def _law_value(parameter: str, value: str, facts: Facts) -> Decimal:
    row = facts.law.filter(
        (pl.col("parameter") == parameter) & (pl.col("tax_year") == facts.tax_year)
    )
    if row.is_empty():
        known = sorted(set(facts.law.filter(pl.col("tax_year") == facts.tax_year)["parameter"]))
        raise RequestError(
            f"--set law.{parameter}: nothing here follows from such a value of {facts.tax_year}; "
            f"known are {', '.join(known)}"
        )
    number = Decimal(value) if _NUMBER.fullmatch(value) else None
    unit = str(row["unit"][0])
    if number is None or (unit == "percent" and number > 100):
        raise RequestError(f"--set law.{parameter}={value}: write a number of {unit}")
    if unit in WHOLE_UNITS and number != number.to_integral_value():
        raise RequestError(f"--set law.{parameter}={value}: write a whole number of {unit}")
    return number
