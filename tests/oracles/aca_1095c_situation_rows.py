"""Words for situations of Form 1095-C: a year of lines, hours, policies, premiums.

Belongs here: rows and lines from words. Does not belong here: the situations, or what they give.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.oracles.aca_1095c_example import NOTHING, Example, Lines, Row
from tests.oracles.aca_1095c_example_rows import offer

YEAR = 2025
JAN, LONG_AGO = date(YEAR, 1, 1), date(2018, 3, 1)
Rows = dict[str, tuple[Row, ...]]
LOOK_BACK: Row = {
    "valid_from": date(2020, 1, 1),
    "method": "look_back",
    "standard_start_month_day": "10-15",
    "standard_length_months": 12,
    "stability_start_month_day": "01-01",
    "stability_length_months": 12,
    "initial_start_rule": "hire_date",
    "initial_length_months": 11,
    "initial_admin_length_days": 52,
    "break_weeks": 13,
    "leave_treatment": "exclude",
}
_MONTHLY: Row = {"valid_from": date(2020, 1, 1), "method": "monthly"}
NONE = "1-12 none . ."
BY_HOURS = {"full_time_basis": "hours"}


def day(month: int, number: int, year: int = YEAR) -> date:
    return date(year, month, number)


def lines(words: str) -> tuple[Lines, ...]:
    """'1-4 1H . 2D, 5-12 1E 130.00 2C': months and lines 14 to 16; a point is an empty line, a
    question mark an unknown one, none nobody's form."""
    found = []
    for part in words.split(","):
        months, *codes = part.split()
        first, _, last = months.partition("-")
        line_14, line_15, line_16 = (None if code == "." else code for code in codes)
        code = NOTHING if line_14 == "none" else line_14 or ""
        found.append(Lines(int(first), int(last or first), code, line_15, line_16))
    return tuple(found)


def case(name: str, words: str, *employment: Row, **facts: Any) -> Example:
    """A person with these rows of employment, by default a full-time one of many years."""
    return Example(name, YEAR, lines(words), employment=employment, **facts)


def worked(
    name: str, words: str, *employment: Row, rows: Rows, kept: tuple[Any, ...] = (), **facts: Any
) -> Example:
    """Full-time by hours; kept = spans of coverage at 120.00, each offered and elected."""
    facts.setdefault("offers", tuple(offer(a, "120.00", coverage_to=b) for a, b in kept))
    return case(name, words, *employment, employer=BY_HOURS, covered=kept, more=rows, **facts)


def more(*parts: Mapping[str, tuple[Row, ...]]) -> Rows:
    """The rows of all parts by table."""
    found: Rows = {}
    for part in parts:
        for table, rows in part.items():
            found[table] = (*found.get(table, ()), *rows)
    return found


def measured(**policy: Any) -> Rows:
    """Look-back: standard from 15 October, stable from January, 11 first months and 52 days."""
    return {"measurement_policy": ({**LOOK_BACK, **policy},)}


def by_month(**policy: Any) -> Rows:
    return {"measurement_policy": ({**_MONTHLY, **policy},)}


def weeks(*spans: tuple[date, date, str]) -> Rows:
    """So many hours in each week of the spans, the last week cut."""
    rows = []
    for first, last, hours in spans:
        for start in (first + timedelta(7 * n) for n in range((last - first).days // 7 + 1)):
            end = min(start + timedelta(6), last)
            part = Decimal(hours) * ((end - start).days + 1) / 7
            rows.append(_hours(start, end, str(part.quantize(Decimal("0.01")))))
    return {"hours_of_service": tuple(rows)}


def months(hours: Mapping[int, str], **more: Any) -> Rows:
    """Hours of each month of the year."""
    ends = {month: calendar.monthrange(YEAR, month)[1] for month in hours}
    rows = [_hours(day(m, 1), day(m, ends[m]), told, **more) for m, told in hours.items()]
    return {"hours_of_service": tuple(rows)}


def _hours(first: date, last: date, hours: str, **more: Any) -> Row:
    cells = {"period_start": first, "period_end": last, "hours": Decimal(hours)}
    return {**cells, "basis": "actual", **more}


def relief(first: date, last: date | None = None, unmet: str | None = None) -> Rows:
    """Contributions to a plan of several employers; all conditions of relief but one are met."""
    conditions = ("required_by_agreement", "affordable_minimum_value", "dependents_offered")
    met = {condition: condition != unmet for condition in conditions}
    row = {"from_date": first, "to_date": last, **met}
    return {"multiemployer_contribution": (row,)}


def leave(first: date, last: date, kind: str) -> Rows:
    row = {"from_date": first, "to_date": last, "kind": kind, "is_paid": False}
    return {"leave_period": (row,)}


def rates_of_pay(*steps: tuple[date, date | None, str]) -> Rows:
    return {
        "pay_rate": tuple(
            {"from_date": a, "to_date": b, "basis": "hourly", "amount": Decimal(c)}
            for a, b, c in steps
        )
    }


def allowance(amount: str, basis: str = "residence", **more: Any) -> Rows:
    cells = {"amount_monthly": Decimal(amount), "location_basis": basis}
    return {"ichra_allowance": ({"from_date": day(1, 1, 2024), **cells, **more},)}


def silver(zip_code: str, age: int, premium: str) -> Rows:
    cells = {"plan_year": YEAR, "state": "TX", "zip": zip_code, "age": age}
    return {"silver_premium": ({**cells, "premium_monthly": Decimal(premium)},)}


def lives(zip_code: str, first: date = LONG_AGO, last: date | None = None) -> Rows:
    row = {"from_date": first, "to_date": last, "zip": zip_code, "state": "TX"}
    return {"employee_address": (row,)}
