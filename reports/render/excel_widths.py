"""How wide the columns of a sheet are, so that a page holds them where it can.

Belongs here: widths in characters, and the lines a header then takes. Does not belong here: cells,
looks, the page (excel_sheets).
"""

from __future__ import annotations

from typing import Final

import polars as pl

from reports.model import Field, Table
from reports.render import excel_sheets as sheets
from reports.render.cells import canonical, is_number, is_text
from reports.render.words import code_words

WIDEST: Final = 60
ONE_LINE: Final = 16
LEAST: Final = 24  # characters of a line of wrapped text


def label_of(field: Field) -> str:
    """The header of a column: the label, with the unit."""
    return f"{field.label}, {field.unit}" if field.unit else field.label


def lengths_of(table: Table) -> dict[str, int]:
    """The longest cell of each column in characters, a code by its words."""
    if not table.frame.height:
        return {field.name: 0 for field in table.fields}
    text = canonical(table)
    longest = text.select(pl.all().str.len_chars().max().fill_null(0)).row(0, named=True)
    coded = {
        field.name: max((len(code_words(field, code)) for code in codes), default=0)
        for field in table.fields
        if field.words is not None
        for codes in [text[field.name].drop_nulls().unique().to_list()]
    }
    return {**longest, **coded}


def widths_of(table: Table, lengths: dict[str, int]) -> dict[str, float]:
    """The width of each column in characters; narrow ones where a page then holds them all."""
    wide = {f.name: _width(f, lengths[f.name], lines=2) for f in table.fields}
    if sheets.paper_width(table, wide) <= sheets.PAGE_WIDTH:
        return wide
    least = {f.name: _width(f, lengths[f.name], lines=3) for f in table.fields}
    texts = [f for f in table.fields if f.on_paper and is_text(f) and lengths[f.name] > LEAST]
    rest = sheets.PAGE_WIDTH - sheets.paper_width(table, least)
    rest += sum(least[f.name] for f in texts)
    if not texts or rest / len(texts) < LEAST + 2:
        return least if rest >= 0 and not texts else wide
    return least | {f.name: min(least[f.name], float(rest // len(texts))) for f in texts}


def _width(field: Field, length: int, lines: int) -> float:
    if field.width:
        return float(field.width)
    shown = 12 if field.type == "date" else length + (length // 3 if is_number(field) else 0)
    return float(min(WIDEST, max(9, shown, _header(label_of(field), lines))) + 2)


def _header(label: str, lines: int) -> int:
    """The characters a header needs: a short one stands in one line, unless three are allowed."""
    if len(label) <= ONE_LINE and lines < 3:
        return len(label) + 2
    return _narrowest(label.split(), lines) + 2


def _narrowest(words: list[str], lines: int) -> int:
    """The longest of so many lines, the words broken where that is least."""
    whole = len(" ".join(words))
    if lines == 1 or len(words) < 2:
        return whole
    cuts = (
        max(len(" ".join(words[:n])), _narrowest(words[n:], lines - 1))
        for n in range(1, len(words))
    )
    return min(whole, *cuts)


def head_lines(field: Field, width: float) -> int:
    """The lines a header takes in a column of that width."""
    words = label_of(field).split()
    return next((n for n in (1, 2) if _narrowest(words, n) + 2 <= width), 3)
