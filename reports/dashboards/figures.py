"""Numbers and dates as words on a page: units, signs, rounding that adds up.

Here: how a figure is written for a reader. Not here: what the figure is (dbt), what a sentence says
about it (`verdict`), how CSV, XML and JSON write values (the renderers).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MINUS = "\u2212"
EN_DASH = "\u2013"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MILLION = Decimal(1_000_000)
_THOUSAND = Decimal(1_000)


def rounded(value: Decimal, places: int) -> Decimal:
    """The value to so many places, ties away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number(value: Decimal, places: int = 0) -> str:
    """1234.5 as 1,234.5 with a true minus; zero is 0 and never negative."""
    exact = rounded(value, places)
    text = f"{abs(exact):,.{places}f}"
    return MINUS + text if exact < 0 else text


def signed(value: Decimal, places: int = 0) -> str:
    """A change or variance: the sign always shown, except on zero."""
    exact = rounded(value, places)
    return ("+" if exact > 0 else "") + number(value, places)


def money(value: Decimal) -> str:
    """A sentence's or tile's amount: $24.32M, $908K, $1,151, $7.25."""
    size = abs(value)
    sign = MINUS if value < 0 else ""
    if rounded(size / _THOUSAND, 0) >= 1000:
        return f"{sign}${rounded(size / _MILLION, 2):,.2f}M"
    if rounded(size, 0) >= 10_000:
        return f"{sign}${rounded(size / _THOUSAND, 0):,.0f}K"
    places = 0 if size >= 100 or size == int(size) else 2
    exact = rounded(size, places)
    return f"{sign if exact else ''}${exact:,.{places}f}"


def exact_money(value: Decimal) -> str:
    """An amount that is always written out, to the dollar."""
    exact = rounded(value, 0)
    return f"{MINUS if exact < 0 else ''}${abs(exact):,.0f}"


def percent(value: Decimal) -> str:
    """91.94 as 91.9%."""
    return f"{number(value, 1)}%"


def points(value: Decimal) -> str:
    """A difference of percentages, without its sign: 1.9 points."""
    size = rounded(abs(value), 1)
    return f"{size:,.1f} point" + ("" if size == 1 else "s")


def counted(value: int | Decimal, singular: str, plural: str | None = None) -> str:
    """1 person, 2,180 people."""
    word = singular if value == 1 else (plural or singular + "s")
    return f"{number(Decimal(value))} {word}"


def day(value: dt.date) -> str:
    """Nov 8, 2026."""
    return f"{MONTHS[value.month - 1][:3]} {value.day}, {value.year}"


def month_day(value: dt.date) -> str:
    """Nov 8."""
    return f"{MONTHS[value.month - 1][:3]} {value.day}"


def month(value: dt.date) -> str:
    """October 2026."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def month_name(value: dt.date) -> str:
    """October."""
    return MONTHS[value.month - 1]


def month_short(value: dt.date) -> str:
    """Oct."""
    return MONTHS[value.month - 1][:3]


def year_to_date(value: dt.date) -> str:
    """January to October, or January alone."""
    return "January" if value.month == 1 else f"January to {month_name(value)}"


def year_to_date_short(value: dt.date) -> str:
    """Jan–Oct, or Jan alone."""
    return "Jan" if value.month == 1 else f"Jan{EN_DASH}{month_short(value)}"


@dataclass(frozen=True)
class Scale:
    """The one unit and number of decimals of a money column or chart."""

    divisor: Decimal
    places: int
    words: str

    def text(self, value: Decimal) -> str:
        """The value in this unit."""
        return number(value / self.divisor, self.places)

    def change(self, value: Decimal) -> str:
        """The value in this unit, with its sign."""
        return signed(value / self.divisor, self.places)


DOLLARS = Scale(Decimal(1), 0, "$")
DOLLARS_AND_CENTS = Scale(Decimal(1), 2, "$")


def money_scale(values: Iterable[Decimal]) -> Scale:
    """$ thousand with one decimal where the largest value needs it, else dollars."""
    largest = max((abs(value) for value in values), default=Decimal(0))
    if largest >= 100 * _THOUSAND:
        return Scale(_THOUSAND, 1, "$ thousand")
    return Scale(Decimal(1), 0, "$")


def adding_up(scale: Scale, columns: Sequence[tuple[Sequence[Decimal], Decimal]]) -> Scale:
    """The scale with as many decimals as the parts of every column need to add up to its total.

    No part is ever adjusted. In the end cents add up: the total is the exact sum of the parts.
    """
    for candidate in _finer(scale):
        if all(_adds_up(p, total, candidate.divisor, candidate.places) for p, total in columns):
            return candidate
    return DOLLARS_AND_CENTS


def _finer(scale: Scale) -> Sequence[Scale]:
    """The scale itself, then finer ones; more than two decimals of a thousand read worse than $."""
    if scale.divisor != _THOUSAND:
        return (scale,)
    same = [Scale(_THOUSAND, places, scale.words) for places in range(scale.places, 3)]
    return (*same, DOLLARS)


def _adds_up(parts: Sequence[Decimal], total: Decimal, divisor: Decimal, places: int) -> bool:
    shown = sum((rounded(part / divisor, places) for part in parts), Decimal(0))
    return shown == rounded(total / divisor, places)
