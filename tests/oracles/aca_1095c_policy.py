"""What a measurement policy says of whose service: whom it names, and its periods.

Belongs here: a service, standard cycles and whether they are lawful. Does not belong here: what is
measured in them (aca_1095c_measure.py), or any SQL.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.oracles.aca_1095c import ONE, Person, Reading, end_of, months_on, to_of

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


class Policies:
    """Which policy holds for one person, month by month."""

    def __init__(self, person: Person, read: Reading) -> None:
        self._person, self._read = person, read
        self._known: dict[date, tuple[dict[str, Any] | None, bool]] = {}

    def of(self, month: date) -> tuple[dict[str, Any] | None, bool]:
        """The policy of the month, and whether one of them could not be read."""
        if month not in self._known:
            self._known[month] = self._of(month)
        return self._known[month]

    def _of(self, month: date) -> tuple[dict[str, Any] | None, bool]:
        touching = [
            p
            for p in self._read.periods
            if p["start_date"] <= end_of(month) and to_of(p, "end_date") >= month
        ]
        mine = sorted(touching, key=lambda p: p["id"])
        mine = sorted(mine, key=lambda p: p["start_date"], reverse=True)
        me = mine[0]
        found: list[tuple[int, dict[str, Any]]] = []
        unread = False
        for policy in self._person.of("measurement_policy"):
            if policy["valid_from"] > end_of(month) or to_of(policy, "valid_to") < month:
                continue
            condition = json.loads(policy.get("applies_to") or "{}")
            known = {"employment_class": me["employment_class"], "is_union": me.get("is_union")}
            if set(condition) - set(known):
                unread = True
            elif all(names(wanted, known[key]) for key, wanted in condition.items()):
                found.append((len(condition), dict(policy)))
        found.sort(key=lambda item: item[1]["id"])
        found.sort(key=lambda item: (item[0], item[1]["valid_from"]), reverse=True)
        return (found[0][1] if found else None), unread

    def left_behind(self, service: Service, month: date) -> Iterator[Window]:
        """Windows stable in a month: they ran or had been measured as first ones when left, or,
        under a monthly policy, were being measured.

        Nobody's month is known before the first year that the employer answered for.
        """
        policy, _ = self.of(month)
        for before, left in self._moves(service, month):
            if before != policy:
                is_monthly = policy is None or policy["method"] == "monthly"
                yield from _running(before, service, left, month, is_monthly)

    def came_from_monthly(self, service: Service, month: date) -> date | None:
        """The last month up to this one in which a monthly policy was left."""
        moves = self._moves(service, month)
        return max((left for p, left in moves if p["method"] == "monthly"), default=None)

    def _moves(self, service: Service, month: date) -> Iterator[tuple[dict[str, Any], date]]:
        before: dict[str, Any] | None = None
        years = [row["tax_year"] for row in self._person.of("aca_employer_year")]
        at = max(service.start.replace(day=1), date(min(years), 1, 1))
        while at <= month:
            if self._read.span_of(at) in service.spans:
                now, unread = self.of(at)
                now = None if unread else now
                if before and before != now:
                    yield before, at
                before = now
            at = months_on(at, 1)


def _running(
    policy: dict[str, Any], service: Service, left: date, month: date, is_monthly: bool
) -> Iterator[Window]:
    if policy["method"] == "monthly":
        return
    initial = initial_window(policy, service)
    for window in [*standard_windows(policy, service, month), *([initial] if initial else [])]:
        began = window.last + ONE if window.kind == "initial" else window.stable_from
        is_measuring = is_monthly and window.first <= left <= window.last
        if window.stable_from <= month <= window.stable_to and (left >= began or is_measuring):
            yield window


def initial_window(policy: dict[str, Any], service: Service) -> Window | None:
    """The first measurement of a service that was not expected to be full-time, if lawful."""
    length, stable = policy.get("initial_length_months"), stability(policy)
    admin = policy.get("initial_admin_length_days")
    if service.expected or not service.known_start or not length or not stable:
        return None
    if not 3 <= length <= 12 or stable < max(6, length) or not 0 <= (admin or 0) <= 90:
        return None
    first = service.start
    if policy.get("initial_start_rule") == "first_of_month_after_hire":
        first = end_of(first) + ONE
    last = months_on(first, length) - ONE
    latest = end_of(first_from(months_on(service.start, 12)))
    start = min(last + timedelta(days=90 if admin is None else admin), latest) + ONE
    until = months_on(start, stable) - ONE
    part = months_on(start, length + 1) - ONE
    return Window("initial", first, last, start, until, part, length, True)


def standard_windows(policy: dict[str, Any], service: Service, month: date) -> list[Window]:
    """The standard cycles stable in a month that began after the service did."""
    if not is_standard_lawful(policy):
        return []
    return [
        w
        for w in cycles(policy)
        if w.stable_from <= month <= w.stable_to and service.start <= w.first
    ]


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
