"""Figures and dates for a reader: separators, true minus, signs, month names.

Belongs here: one value to its words. Does not belong here: rounding that adds up or sentences
(the reports' own), or the canonical text of the data formats (`cells`).
"""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from reports.model import Field

MINUS: Final = "\u2212"
_CODE: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"


def day(value: date) -> str:
    """Nov 8, 2026."""
    return f"{_MONTHS[3 * value.month - 3 : 3 * value.month]} {value.day}, {value.year}"


def number(value: Decimal | int, places: int, is_signed: bool = False) -> str:
    """1,234.5 with a true minus; a plus only where signs are shown; zero has none."""
    exact = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    sign = MINUS if exact < 0 else "+" if is_signed and exact > 0 else ""
    return f"{sign}{abs(exact):,.{places}f}"


def code_words(field: Field, value: str) -> str:
    """The word of a code such as full_time: the field's own, else the code without underscores."""
    if field.words is None:
        return value
    if value in field.words:
        return field.words[value]
    return value.replace("_", " ").capitalize() if _CODE.fullmatch(value) else value


def yes_no(value: bool) -> str:
    """Yes or No."""
    return "Yes" if value else "No"


def quality(grade: str) -> str:
    """The grade with the direction it is read in; words stay as they are."""
    return f"{grade} (A is best)" if len(grade) == 1 else grade
