"""Five-field cron expressions, read strictly and asked for their next local time.

Belongs here: the grammar and the search. Does not belong here: zones, holidays and periods
(`distribution.schedule`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from distribution.errors import Refused

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
SEARCH_DAYS = 366 * 9
PART = re.compile(r"^(\*|\w+)(?:-(\w+))?(?:/(\d{1,2}))?$")


@dataclass(frozen=True)
class Field:
    """One of the five fields: its name, its bounds and the names its values may have."""

    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()
    first_name: int = 0


FIELDS = (
    Field("minute", 0, 59),
    Field("hour", 0, 23),
    Field("day", 1, 31),
    Field("month", 1, 12, MONTHS, 1),
    Field("weekday", 0, 7, WEEKDAYS, 0),
)


@dataclass(frozen=True)
class Cron:
    """A parsed expression; weekdays count from Sunday = 0."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    any_day: bool
    any_weekday: bool

    def falls_on(self, moment: datetime) -> bool:
        """Return whether the expression names the day of the moment."""
        if moment.month not in self.months:
            return False
        day = moment.day in self.days
        weekday = moment.isoweekday() % 7 in self.weekdays
        if self.any_day or self.any_weekday:
            return day and weekday
        return day or weekday

    def first_from(self, start: datetime) -> datetime:
        """Return the first local time named by the expression, not before the start."""
        day = datetime.combine(start.date(), time())
        for _ in range(SEARCH_DAYS):
            if self.falls_on(day):
                for moment in self._times(day):
                    if moment >= start:
                        return moment
            day += timedelta(days=1)
        raise Refused("the cron expression never comes due")

    def _times(self, day: datetime) -> list[datetime]:
        return [
            day.replace(hour=hour, minute=minute) for hour in self.hours for minute in self.minutes
        ]


def parse_cron(text: str) -> Cron:
    """Return the expression; raise with one clear line where it is not one."""
    parts = text.split()
    if len(parts) != len(FIELDS):
        raise Refused(f"the cron expression has {len(parts)} fields instead of 5")
    values = [_values(part, field) for part, field in zip(parts, FIELDS, strict=True)]
    return Cron(
        minutes=tuple(sorted(values[0])),
        hours=tuple(sorted(values[1])),
        days=values[2],
        months=values[3],
        weekdays=frozenset(value % 7 for value in values[4]),
        any_day=parts[2].startswith("*"),
        any_weekday=parts[4].startswith("*"),
    )


def _values(text: str, field: Field) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        found |= _part(part, field)
    return frozenset(found)


def _part(text: str, field: Field) -> set[int]:
    match = PART.fullmatch(text)
    if match is None:
        raise _bad(field)
    first, last, step = match.groups()
    if first == "*":
        low, high = field.low, field.high
    else:
        low = _number(first, field)
        high = _number(last, field) if last else (field.high if step else low)
    width = int(step) if step else 1
    if (first == "*" and last) or low > high or width < 1:
        raise _bad(field)
    return set(range(low, high + 1, width))


def _number(text: str, field: Field) -> int:
    if text.lower() in field.names:
        return field.names.index(text.lower()) + field.first_name
    if not text.isdecimal() or not field.low <= int(text) <= field.high:
        raise _bad(field)
    return int(text)


def _bad(field: Field) -> Refused:
    return Refused(
        f"the {field.name} of the cron expression is not within {field.low} to {field.high}"
    )
