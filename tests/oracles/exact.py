"""Exact money and calendar arithmetic in plain Python, shared by the oracles.

Belongs here: rounding with ties away from zero, spreading, months. Does not: any rule.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

CENT = 2


def rounded(value: Fraction, places: int = CENT) -> Decimal:
    """The value to that many places, ties away from zero."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def ratio(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """part / whole to the cent; None where either is unknown or there is no denominator."""
    if part is None or whole is None or whole == 0:
        return None
    return rounded(Fraction(part) / Fraction(whole))


def percent(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """100 * part / whole to the cent."""
    return ratio(None if part is None else part * 100, whole)


def spread(amount: Fraction, k: int, n: int) -> Decimal:
    """Month k of an amount spread over n months."""
    return rounded(amount * k / n) - rounded(amount * (k - 1) / n)


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months(first: date, last: date) -> Iterator[date]:
    """The first days of the months from that of `first` to that of `last`."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = shifted(month, 1)


def shifted(month: date, by: int) -> date:
    """The first day of the month that many months later."""
    index = month.year * 12 + month.month - 1 + by
    return date(index // 12, index % 12 + 1, 1)


def total(parts: list[Decimal | None]) -> Decimal | None:
    """The sum; None where a part is unknown."""
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if len(known) == len(parts) else None
