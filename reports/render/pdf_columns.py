"""The columns of a table on a page: their words, their widths, and which stand beside each other.

Belongs here: measuring. Does not belong here: drawing (`pdf_table`).
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from reports.model import Cell, Field, Table
from reports.render.cells import check_types, is_number, meanings, refuse_uncarried
from reports.render.excel_rows import scale_of
from reports.render.excel_styles import places_of
from reports.render.pdf_pen import text_width
from reports.render.words import code_words, day, number, yes_no

PAD: Final = 9.0
WIDEST: Final = 170.0
LEAST: Final = 28.0
MEASURED: Final = 60
MOST_REPEATED: Final = 3
SHORT_UNIT: Final = 2
FIRM: Final = "\u00a0"


@dataclass(frozen=True)
class Look:
    """Sizes of a table: normal, or dense where it has many columns."""

    size: float
    leading: float
    row: float
    head: float


NORMAL: Final = Look(10, 13, 20, 9)
DENSE: Final = Look(8, 10, 14, 8)


@dataclass(frozen=True)
class Column:
    """One shown column: its words, what its missing cells are, which cells are in red."""

    field: Field
    label: str
    words: list[str | None]
    missing: list[str] | None
    scale: int
    longest: tuple[str, ...]
    is_red: list[bool | None] | None

    @property
    def align(self) -> str:
        """Numbers and dates right, everything else left."""
        return "right" if is_number(self.field) else "left"


def columns_of(table: Table) -> list[Column]:
    """The columns of a table in words."""
    check_types(table)
    refuse_uncarried(table, table.frame, "pdf")
    return [_column(table, field) for field in table.fields if field.on_paper]


def _column(table: Table, field: Field) -> Column:
    scale = scale_of(table, field)
    known: dict[Cell, str | None] = {None: None, "": None}
    words = []
    for value in table.frame[field.name].to_list():
        if value not in known:
            known[value] = shown(field, value, scale)
        words.append(known[value])
    missing = meanings(table, field).to_list() if None in words else None
    reds = None
    if field.adverse and not is_number(field):
        reds = table.frame[field.adverse].to_list()
    return Column(
        field,
        _label(field),
        words,
        missing,
        scale,
        _longest(words, missing),
        reds,
    )


def _label(field: Field) -> str:
    """Label and unit; the unit is not broken, and a short one stays with the last word."""
    if not field.unit:
        return field.label
    joint = FIRM if len(field.unit) <= SHORT_UNIT else " "
    return f"{field.label},{joint}{field.unit.replace(' ', FIRM)}"


def shown(field: Field, value: Cell, scale: int) -> str:
    """One value in words."""
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, str):
        return " ".join(code_words(field, value).split())
    if field.type == "date":
        return day(value)  # type: ignore[arg-type]
    if field.type == "year":
        return str(value)
    places = 0 if field.type == "integer" else places_of(field, scale)
    suffix = "%" if field.type == "percent" and not field.unit else ""
    return number(value, places, field.is_signed) + suffix  # type: ignore[arg-type]


def natural_width(columns: list[Column], look: Look) -> float:
    """The width a table would like to have."""
    return sum(_wanted(column, look) for column in columns)


def _longest(words: list[str | None], missing: list[str] | None) -> tuple[str, ...]:
    """The longest distinct words of a column, by letters."""
    distinct = {word for word in words if word} | (set(missing or ()) - {"blank"})
    return tuple(heapq.nsmallest(MEASURED, distinct, key=lambda word: (-len(word), word)))


def _wanted(column: Column, look: Look) -> float:
    widest = max((text_width(w, "regular", look.size) for w in column.longest), default=0.0)
    half = text_width(column.label, "semibold", look.head) / 2 + 8
    return max(min(widest + 7, WIDEST), half, _least(column, look) - PAD) + PAD


def _least(column: Column, look: Look) -> float:
    head = max((text_width(w, "semibold", look.head) for w in column.label.split(" ")), default=0.0)
    cells = [part for word in column.longest for part in _unbroken(column, word)]
    body = max((text_width(w, "regular", look.size) for w in cells), default=0.0)
    return max(head, min(body + 7, WIDEST), LEAST) + PAD


def _unbroken(column: Column, word: str) -> list[str]:
    return [word] if is_number(column.field) or column.field.type == "date" else word.split()


def bands(
    columns: list[Column], look: Look, width: float, key: Sequence[str] = ()
) -> list[list[tuple[Column, float]]]:
    """Columns with their widths; several bands where they do not fit beside each other.

    The key, the first column and the names right after it stand in every band.
    """
    if sum(_least(column, look) for column in columns) <= width:
        return [_spread(columns, look, width)]
    repeated = _repeated(columns, look, width, key)
    groups: list[list[Column]] = [list(repeated)]
    again = {column.field.name for column in repeated}
    for column in (c for c in columns if c.field.name not in again):
        used = sum(_fair(c, look) for c in groups[-1])
        if used + _fair(column, look) > width and len(groups[-1]) > len(repeated):
            groups.append(list(repeated))
        groups[-1].append(column)
    return [_spread(group, look, width) for group in groups]


def _fair(column: Column, look: Look) -> float:
    """Between the least and the wanted width: most rows stay within two lines."""
    return (_least(column, look) + _wanted(column, look)) / 2


def _repeated(columns: list[Column], look: Look, width: float, key: Sequence[str]) -> list[Column]:
    """The columns that stand in every band, in their order, as far as half the width goes.

    They are the first, those that tell rows apart, and the names right after the first.
    """
    names = takewhile(lambda c: c.field.sensitivity != "internal", columns[1:MOST_REPEATED])
    keys = (column for column in columns if column.field.name in key)
    wanted = {column.field.name: column for column in (columns[0], *keys, *names)}
    used, found = 0.0, set[str]()
    for name, column in wanted.items():
        used += _least(column, look)
        if used <= width / 2 or not found:
            found.add(name)
    return [column for column in columns if column.field.name in found]


def _spread(columns: list[Column], look: Look, width: float) -> list[tuple[Column, float]]:
    wanted = [_wanted(column, look) for column in columns]
    least = [_least(column, look) for column in columns]
    spare = width - sum(wanted)
    if spare >= 0:
        texts = [not is_number(column.field) for column in columns]
        shares = [w if t else w / 3 for w, t in zip(wanted, texts, strict=True)]
        most = [min(spare * s / sum(shares), 60.0) for s in shares]
        widths = [w + m for w, m in zip(wanted, most, strict=True)]
        return list(zip(columns, widths, strict=True))
    over = sum(wanted) - sum(least)
    part = max(0.0, (width - sum(least)) / over) if over else 0.0
    widths = [low + (high - low) * part for low, high in zip(least, wanted, strict=True)]
    return list(zip(columns, widths, strict=True))
