"""Words for situations of an employer: kinds of people, and the answers month by month.

Belongs here: workers and answers from words. Does not belong here: the situations.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from tests.oracles.aca_firm import LONG_AGO, YEAR, Firm, Row, Rows, Workers, ein_of

UNSAID, UNKNOWN = ".", "?"


@dataclass(frozen=True)
class Situation:
    """A firm and what a careful hand says: words of months, and values of its year."""

    firm: Firm
    months: str = ""
    year: tuple[tuple[str, Any], ...] = ()


def day(month: int, number: int, year: int = YEAR) -> date:
    return date(year, month, number)


def months_of(words: str) -> dict[int, tuple[str, ...]]:
    """'1-4 yes 20 21, 5-12 no 20 .': the words of each month; a point says nothing."""
    found = {}
    for part in words.split(","):
        span, *said = part.split()
        first, _, last = span.partition("-")
        for month in range(int(first), int(last or first) + 1):
            found[month] = tuple(said)
    return found


def offer(first: date, last: date | None = None, cost: str = "100.00", **more: Any) -> Row:
    price = Decimal(cost)
    return {"coverage_from": first, "coverage_to": last, "employee_self_only_cost": price, **more}


def worked(first: date, last: date | None, kind: str = "full_time", **more: Any) -> Row:
    return {"start_date": first, "end_date": last, "employment_class": kind, **more}


def full(
    count: int,
    name: str = "full-time",
    first: date = LONG_AGO,
    last: date | None = None,
    **offered: Any,
) -> Workers:
    """Full-time and offered the plan for the time of employment; elected nothing."""
    spans, offers = (worked(first, last),), (offer(first, last, **offered),)
    return Workers(name, count, spans, offers)


def bare(
    count: int,
    name: str = "not offered",
    first: date = LONG_AGO,
    last: date | None = None,
    kind: str = "full_time",
    more: Rows | None = None,
) -> Workers:
    """Employed and never offered anything."""
    return Workers(name, count, (worked(first, last, kind),), more=more or {})


def part(
    count: int, name: str = "part-time", first: date = LONG_AGO, last: date | None = None
) -> Workers:
    return bare(count, name, first, last, "part_time")


def covered(first: date, last: date | None = None, *dependents: Row, **more: Any) -> Row:
    cells = {"coverage_start_date": first, "coverage_end_date": last}
    return {**cells, "dependents": list(dependents), **more}


def relative(name: str, kind: str, **more: Any) -> Row:
    return {
        "first_name": name,
        "last_name": "Doe",
        "relationship": kind,
        "date_of_birth": "2010-05-05",
        **more,
    }


def hours(year: int, *months: str) -> Rows:
    """Hours of each month of a year, one word for all twelve or twelve words; a point is none."""
    told = months * 12 if len(months) == 1 else months
    rows = [
        {
            "period_start": date(year, month, 1),
            "period_end": date(year, month, calendar.monthrange(year, month)[1]),
            "hours": Decimal(word),
            "basis": "actual",
        }
        for month, word in enumerate(told, 1)
        if word != "."
    ]
    return {"hours_of_service": tuple(rows)}


def relief(first: date = LONG_AGO) -> Rows:
    """Contributions to a plan of several employers, all conditions of relief met."""
    met = {"required_by_agreement": True, "affordable_minimum_value": True}
    return {
        "multiemployer_contribution": ({"from_date": first, "dependents_offered": True, **met},)
    }


def credits(*months: int) -> Rows:
    return {"ptc_notice": tuple({"tax_year": YEAR, "month": month} for month in months)}


def basis(kind: str, first: date) -> Rows:
    return {"coverage_basis": ({"basis": kind, "from_date": first},)}


def member(
    name: str,
    first: date = LONG_AGO,
    last: date | None = None,
    size: int | None = None,
    *,
    group: str,
    firm: str | None = None,
) -> Row:
    """A member of a group: a firm of ours by its name, or a stranger with its size."""
    return {
        "group_name": group,
        "company_id": None if firm is None else Firm(firm, ()).key(),
        "name": name,
        "ein": ein_of(firm or name),
        "from_date": first,
        "to_date": last,
        "monthly_full_time_count": size,
    }


def poor(workers: Workers) -> Workers:
    """Paid so little that no safe harbor holds above 160 dollars."""
    rate = {"from_date": LONG_AGO, "basis": "hourly", "amount": Decimal("12.00")}
    paid: Rows = {
        "pay_rate": (rate,),
        "annual_wages": ({"tax_year": YEAR, "box_1": Decimal("20000.00")},),
    }
    return replace(workers, more={**workers.more, **paid})
