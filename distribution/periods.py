"""Business periods: the day, week, month, quarter or year a report is about.

Belongs here: their keys and bounds. Does not belong here: when a period's report is due.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from reports.period import months, period_span

MONTHS_OF = {"Monthly": 1, "Quarterly": 3, "Annually": 12}
DAYS_OF = {"Daily": 1, "Weekly": 7}
PERIODIC = (*DAYS_OF, *MONTHS_OF)
KEY_SHAPES = {
    "Daily": re.compile(r"^\d{4}-\d{2}-\d{2}$"),
    "Weekly": re.compile(r"^\d{4}-W\d{2}$"),
    "Monthly": re.compile(r"^\d{4}-\d{2}$"),
    "Quarterly": re.compile(r"^\d{4}-Q\d$"),
    "Annually": re.compile(r"^\d{4}$"),
}


@dataclass(frozen=True)
class Period:
    """One business period, known by its key; both bounds belong to it."""

    key: str
    start: date
    end: date

    @property
    def month(self) -> str:
        """Return the last month of the period."""
        return f"{self.end:%Y-%m}"

    @property
    def year(self) -> int:
        """Return the year the period ends in."""
        return self.end.year


def period_of(frequency: str, day: date) -> Period:
    """Return the period of a periodic frequency that holds the day."""
    if frequency == "Daily":
        return Period(day.isoformat(), day, day)
    if frequency == "Weekly":
        start = day - timedelta(days=day.weekday())
        year, week, _ = day.isocalendar()
        return Period(f"{year}-W{week:02d}", start, start + timedelta(days=6))
    length = MONTHS_OF[frequency]
    first = (day.month - 1) // length * length + 1
    span = months(date(day.year, first, 1), length)
    return Period(_key(frequency, span.start), span.start, span.end)


def is_key(frequency: str, key: str) -> bool:
    """Return whether a key is one of this frequency: a requirement may have changed its own."""
    return KEY_SHAPES[frequency].fullmatch(key) is not None


def is_period(key: str) -> bool:
    """Return whether a key names a period: one that is made on publish names its version."""
    return any(shape.fullmatch(key) for shape in KEY_SHAPES.values())


def from_key(frequency: str, key: str) -> Period:
    """Return the period with this key; the key must be one of the frequency."""
    return period_of(frequency, period_span(key).start)


def before(frequency: str, period: Period) -> Period:
    """Return the period that ends the day before this one starts."""
    return period_of(frequency, period.start - timedelta(days=1))


def after(frequency: str, period: Period) -> Period:
    """Return the period that starts the day after this one ends."""
    return period_of(frequency, period.end + timedelta(days=1))


def _key(frequency: str, start: date) -> str:
    if frequency == "Monthly":
        return f"{start:%Y-%m}"
    if frequency == "Quarterly":
        return f"{start.year}-Q{(start.month + 2) // 3}"
    return str(start.year)
