"""The rows of a data sheet as sheet XML, written by column expressions.

Belongs here: typed cells (numbers as numbers, dates as serials, booleans, text that can never be
a formula), the word of a missing cell, the refusal of what a cell cannot hold. Does not belong
here: headings, widths, charts, the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import polars as pl
from openpyxl.utils import get_column_letter

from reports.errors import RenderError
from reports.model import Field, Table
from reports.render import palette
from reports.render.cells import canonical, is_number, is_text, meanings, refuse_uncarried
from reports.render.excel_styles import ROW_HEIGHT, Styles, look_of
from reports.render.words import code_words

FIRST_ROW: Final = 4
CHUNK: Final = 50_000
LINE_HEIGHT: Final = 13
LONGEST_TEXT: Final = 32_767
MOST_DIGITS: Final = 15
NOT_APPLICABLE: Final = "–"
_EPOCH: Final = "1899-12-30"
_FIRST_DAY: Final = "1900-03-01"
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r\n": "\n", "\r": "\n"}


@dataclass(frozen=True)
class _Looks:
    """The style ids of a field: plain, worse than target, and the kinds of missing.

    `line` is how many characters one line of its wrapped text holds; 0: it is not wrapped.
    """

    line: int
    plain: int
    red: int
    early: int
    hatched: int
    empty: int


class RowWriter:
    """The data rows of one table; every style is registered when it is made."""

    def __init__(self, table: Table, styles: Styles, lines: Mapping[str, int]) -> None:
        self._table = table
        self._looks = {
            field.name: _looks(field, scale_of(table, field), styles, lines.get(field.name, 0))
            for field in table.fields
        }

    def pieces(self, first: int = FIRST_ROW) -> Iterator[str]:
        """The rows as XML text, so many at a time."""
        for start in range(0, self._table.frame.height, CHUNK):
            frame = self._table.frame.slice(start, CHUNK)
            piece = replace(self._table, frame=frame, totals=None)
            yield _piece(piece, self._looks, first + start, start)


def _looks(field: Field, scale: int, styles: Styles, line: int) -> _Looks:
    look = replace(look_of(field, scale), is_wrapped=line > 0)
    word = replace(look, color=palette.INK_2, format="General", is_text=False)
    return _Looks(
        line=line,
        plain=styles.id(look),
        red=styles.id(replace(look, color=palette.ADVERSE)),
        early=styles.id(replace(look, format="@", is_text=True)),
        hatched=styles.id(replace(word, fill="hatch")),
        empty=styles.id(word),
    )


def _piece(table: Table, looks: Mapping[str, _Looks], first: int, offset: int) -> str:
    refuse_uncarried(table, table.frame, "xlsx")
    text = canonical(table)
    height = table.frame.height
    numbers = pl.int_range(first, first + height, eager=True).cast(pl.String)
    head = [pl.lit('<row r="'), pl.col("row"), pl.lit('"'), pl.col("height"), pl.lit(">")]
    frame = pl.DataFrame({"row": numbers, "height": _heights(text, looks)})
    frame = frame.select("row", pl.concat_str(head).alias("0"))
    for position, field in enumerate(table.fields, start=1):
        cells = _column(table, field, text[field.name], looks[field.name], offset)
        ref = pl.concat_str([pl.lit(f'<c r="{get_column_letter(position)}'), pl.col("row")])
        frame = frame.with_columns(
            pl.concat_str([ref, pl.lit('"'), pl.lit(cells)]).alias(str(position))
        )
    line = pl.concat_str([pl.exclude("row"), pl.lit("</row>")])
    return "".join(frame.select(line).to_series().to_list())


def _heights(text: pl.DataFrame, looks: Mapping[str, _Looks]) -> pl.Series:
    """The height of each row as an attribute: more than one line where wrapped text needs it."""
    lines = [
        (pl.col(name).str.len_chars().fill_null(0) / look.line).ceil()
        for name, look in looks.items()
        if look.line
    ]
    if not lines:
        return pl.repeat("", text.height, eager=True)
    most = pl.max_horizontal(lines)
    points = (ROW_HEIGHT + LINE_HEIGHT * (most - 1)).cast(pl.Int64).cast(pl.String)
    tall = pl.concat_str([pl.lit(' ht="'), points, pl.lit('" customHeight="1"')])
    return text.select(pl.when(most > 1).then(tall).otherwise(pl.lit(""))).to_series()


def _column(table: Table, field: Field, text: pl.Series, looks: _Looks, offset: int) -> pl.Series:
    """What stands after the reference of each cell: style, type and value."""
    _refuse_unfit(table, field, text, offset)
    frame = pl.DataFrame({"text": _worded(field, text), "style": _style(table, field, looks)})
    value = _serial(table, field, looks) if field.type == "date" else _value(field)
    frame = frame.with_columns(value)
    if text.null_count():
        frame = frame.with_columns(meaning=meanings(table, field))
        frame = frame.with_columns(pl.col("cell").fill_null(_missing(looks)))
    return frame["cell"]


def _worded(field: Field, text: pl.Series) -> pl.Series:
    """The words of codes; any other text as it stands."""
    if field.words is None:
        return text
    codes = text.drop_nulls().unique().to_list()
    words = [code_words(field, code) for code in codes]
    return text.replace_strict(codes, words, default=None, return_dtype=pl.String)


def scale_of(table: Table, field: Field) -> int:
    """The decimals of a field's column."""
    kind = table.frame.schema[field.name]
    return kind.scale if isinstance(kind, pl.Decimal) else 0


def _style(table: Table, field: Field, looks: _Looks) -> pl.Series:
    if field.adverse is None:
        return pl.repeat(str(looks.plain), table.frame.height, eager=True)
    red, plain = pl.lit(str(looks.red)), pl.lit(str(looks.plain))
    return table.frame.select(pl.when(pl.col(field.adverse)).then(red).otherwise(plain)).to_series()


def _value(field: Field) -> pl.Expr:
    if is_number(field):
        parts = [
            pl.lit(' s="'),
            pl.col("style"),
            pl.lit('"><v>'),
            pl.col("text"),
            pl.lit("</v></c>"),
        ]
        return pl.concat_str(parts).alias("cell")
    if field.type == "boolean":
        digit = pl.when(pl.col("text") == "true").then(pl.lit("1")).otherwise(pl.lit("0"))
        digit = pl.when(pl.col("text").is_not_null()).then(digit)
        parts = [pl.lit(' s="'), pl.col("style"), pl.lit('" t="b"><v>'), digit, pl.lit("</v></c>")]
        return pl.concat_str(parts).alias("cell")
    escaped = (
        pl.col("text")
        .str.replace_all(r"_x([0-9A-Fa-f]{4})_", "_x005F_x${1}_")
        .str.replace_many(list(_ESCAPES), list(_ESCAPES.values()))
    )
    return _inline(pl.col("style"), escaped).alias("cell")


def _inline(style: pl.Expr, text: pl.Expr) -> pl.Expr:
    head = pl.concat_str([pl.lit(' s="'), style, pl.lit('" t="inlineStr"><is>')])
    return pl.concat_str([head, pl.lit('<t xml:space="preserve">'), text, pl.lit("</t></is></c>")])


def _serial(table: Table, field: Field, looks: _Looks) -> pl.Series:
    """Dates as serial numbers; a day before the workbook's calendar starts as ISO text."""
    day = pl.col(field.name).cast(pl.Date)
    serial = (day - pl.lit(_EPOCH).str.to_date()).dt.total_days().cast(pl.String)
    number = pl.concat_str([pl.lit(f' s="{looks.plain}"><v>'), serial, pl.lit("</v></c>")])
    early = _inline(pl.lit(str(looks.early)), day.dt.strftime("%Y-%m-%d"))
    is_early = day < pl.lit(_FIRST_DAY).str.to_date()
    chosen = pl.when(is_early).then(early).otherwise(number)
    return table.frame.select(pl.when(day.is_not_null()).then(chosen).alias("cell")).to_series()


def _missing(looks: _Looks) -> pl.Expr:
    words = {
        "unknown": ("unknown", looks.hatched),
        "suppressed": ("suppressed", looks.hatched),
        "not_applicable": (NOT_APPLICABLE, looks.empty),
    }
    found = pl.lit(f' s="{looks.plain}"/>')
    for meaning, (word, style) in words.items():
        cell = pl.lit(f' s="{style}" t="inlineStr"><is><t>{word}</t></is></c>')
        found = pl.when(pl.col("meaning") == meaning).then(cell).otherwise(found)
    return found


def _refuse_unfit(table: Table, field: Field, text: pl.Series, offset: int) -> None:
    if is_text(field):
        unfit, cause = text.str.len_chars() > LONGEST_TEXT, "text longer than a cell holds"
    elif is_number(field):
        digits = text.str.replace_all(r"[-.]", "").str.strip_chars_start("0").str.len_chars()
        unfit, cause = digits > MOST_DIGITS, "a number with more digits than a cell keeps"
    else:
        return
    found = unfit.fill_null(False).arg_true()
    if len(found):
        raise RenderError(
            f"table {table.name}, column {field.name}, row {offset + found[0] + 1}: "
            f"{cause} cannot be written as xlsx"
        )
