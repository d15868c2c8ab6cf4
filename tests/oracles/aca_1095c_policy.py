"""What a measurement policy says of whose service: whom it names, and its periods.

Belongs here: a service, standard cycles and whether they are lawful. Does not belong here: what is
measured in them (aca_1095c_measure.py), or any SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.oracles.aca_1095c import ONE, end_of, months_on

Span = tuple[date, date]


@dataclass
class Service:
    """Employment under one hire: spans whose breaks are too short to make a new employee."""

    spans: list[Span]
    expected: bool
    full_time_from: date | None
    educational: bool
    known_start: bool

    @property
    def start(self) -> date:
        return self.spans[0][0]

    @property
    def end(self) -> date:
        return self.spans[-1][1]


@dataclass(frozen=True)
class Window:
    """Months that are measured, and months that the result holds for."""

    kind: str
    first: date
    last: date
    stable_from: date
    stable_to: date
    part_time_to: date
    months: int
    lawful: bool


def first_from(day: date) -> date:
    """The first day of a month on or after the day."""
    return day if day.day == 1 else end_of(day) + ONE


def names(wanted: Any, value: Any) -> bool:
    if isinstance(wanted, bool):
        return wanted == bool(value)
    return value in wanted if isinstance(wanted, list) else bool(wanted == value)


def stability(policy: dict[str, Any]) -> int | None:
    length = policy.get("standard_length_months")
    stated: int | None = policy.get("stability_length_months")
    return stated or (length if length and length >= 6 else None)


def is_standard_lawful(policy: dict[str, Any]) -> bool:
    length, stable = policy.get("standard_length_months"), stability(policy)
    if not length or not 3 <= length <= 12 or stable not in {6, 12} or stable < length:
        return False
    if policy.get("standard_start_month_day") is None:
        return False
    said = policy.get("stability_start_month_day") is not None
    return said or policy.get("admin_length_days") is not None


def cycles(policy: dict[str, Any]) -> list[Window]:
    """Every standard cycle that starts in the years around the tests' own."""
    found = []
    length, stable = policy["standard_length_months"], stability(policy) or 0
    for year in range(2019, 2027):
        for number in range(12 // stable):
            start = months_on(_named(year, policy["standard_start_month_day"]), number * stable)
            last = months_on(start, length) - ONE
            begin = _stability_start(policy, last, stable)
            found.append(
                Window(
                    "standard", start, last, begin, months_on(begin, stable) - ONE,
                    months_on(begin, length) - ONE, length, (begin - last).days - 1 <= 90,
                )
            )  # fmt: skip
    return found


def _stability_start(policy: dict[str, Any], last: date, stable: int) -> date:
    named = policy.get("stability_start_month_day")
    if named is None:
        return last + timedelta(days=int(policy["admin_length_days"]) + 1)
    starts = [
        months_on(_named(year, named), shift)
        for year in range(last.year - 1, last.year + 3)
        for shift in range(0, 12, stable)
    ]
    return min(day for day in starts if day > last)


def _named(year: int, month_day: str) -> date:
    month, day = (int(part) for part in month_day.split("-"))
    return end_of(date(year, 2, 1)) if (month, day) == (2, 29) else date(year, month, day)


def is_expected(rows: list[Any]) -> bool:
    first = min((r["employment_class"] for r in rows), default="")
    if first == "seasonal":
        return False
    said = [r.get("expected_full_time_at_hire") for r in rows]
    if True in said:
        return True
    return False if False in said else first == "full_time"
