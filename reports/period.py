"""Periods by their keys: a day, a week, a month, a quarter or a year, with bounds and words.

Belongs here: `2025-06-30`, `2025-W23`, `2025-06`, `2025-Q2` and `2025`, read and said. Does not
belong here: when a period's report is due (`distribution`), or which rows belong to it.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from reports.errors import RequestError

MONTHS: Final = tuple(calendar.month_name[1:])
_SHAPE: Final = re.compile(
    r"(?P<year>\d{4})(?:-(?:W(?P<week>\d{2})|Q(?P<quarter>[1-4])|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?"
)


@dataclass(frozen=True)
class Span:
    """The first and the last day of a period; both belong to it."""

    start: date
    end: date


def period_span(key: str) -> Span:
    """The bounds of a period; raises RequestError where the key is none."""
    found = _SHAPE.fullmatch(key)
    try:
        if found:
            return _span(found)
    except ValueError:
        pass
    raise RequestError(
        f"period {key!r}: it must be a month such as 2024-03, a quarter such as 2024-Q1, a year, "
        "a week such as 2024-W12 or a day"
    )


def _span(found: re.Match[str]) -> Span:
    year = int(found["year"])
    if found["week"]:
        monday = date.fromisocalendar(year, int(found["week"]), 1)
        return Span(monday, monday + timedelta(days=6))
    if found["day"]:
        day = date(year, int(found["month"]), int(found["day"]))
        return Span(day, day)
    if found["month"]:
        return months(date(year, int(found["month"]), 1), 1)
    if found["quarter"]:
        return months(date(year, 3 * int(found["quarter"]) - 2, 1), 3)
    return months(date(year, 1, 1), 12)


def months(first: date, count: int) -> Span:
    """So many whole months of one year from a first day on."""
    last = first.month + count - 1
    return Span(first, date(first.year, last, calendar.monthrange(first.year, last)[1]))


def span_words(span: Span) -> str:
    """June 2025; April to June 2025; 2025; July 2024 to June 2025; else both days."""
    start, end = span.start, span.end
    is_whole = start.day == 1 and (end + timedelta(days=1)).day == 1
    if not is_whole:
        return _day(start) if start == end else f"{_day(start)} to {_day(end)}"
    if (start.year, start.month) == (end.year, end.month):
        return _month(start)
    if start.year != end.year:
        return f"{_month(start)} to {_month(end)}"
    if (start.month, end.month) == (1, 12):
        return str(start.year)
    return f"{MONTHS[start.month - 1]} to {_month(end)}"


def _month(value: date) -> str:
    return f"{MONTHS[value.month - 1]} {value.year}"


def _day(value: date) -> str:
    return f"{MONTHS[value.month - 1][:3]} {value.day}, {value.year}"
