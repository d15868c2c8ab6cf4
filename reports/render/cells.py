"""Cells as text: the canonical form that CSV, XML and JSON carry, and what a missing cell means.

Belongs here: whole columns turned into text by expressions, and the refusal of what a format
cannot carry. Does not belong here: the layout of any format, or figures for readers (`words`).

The declared projection of a document, the same for all formats: every table that the format
shows, every field in order, every row in frame order. A number has the digits of its column, a
date is YYYY-MM-DD, a boolean true or false, text is as it stands (an empty text is a blank).
A missing cell is empty in CSV; JSON and XML say that it is unknown, suppressed or not applicable
and why; the workbook and the page show the word.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from reports.errors import DocumentError, RenderError
from reports.model import SUPPRESSED, Cell, Field, Format, Table

UNCARRIED: Final = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]"
FORMULA: Final = r"^[=+\-@\t\r\n\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"
NO_REASON: Final = "not known"
_WHOLE: Final = frozenset({"integer", "year"})
_NUMBERS: Final = _WHOLE | frozenset({"decimal", "money", "percent"})
_TEXTS: Final = frozenset({"text", "identifier"})


def is_number(field: Field) -> bool:
    """Whether a field's cells are numbers."""
    return field.type in _NUMBERS


def is_text(field: Field) -> bool:
    """Whether a field's cells are text."""
    return field.type in _TEXTS


def check_types(table: Table) -> None:
    """Raise where a column of the frame does not have the type its field declares."""
    for field in table.fields:
        kind = table.frame.schema[field.name]
        if not _fits(field, kind):
            raise DocumentError(
                f"table {table.name}, field {field.name}: {field.type} cannot be a {kind} column"
            )


def _fits(field: Field, kind: pl.DataType) -> bool:
    if kind == pl.Null:
        return True
    if is_text(field):
        return kind == pl.String
    if field.type == "date":
        return kind == pl.Date
    if field.type == "boolean":
        return kind == pl.Boolean
    return kind.is_integer() or (field.type not in _WHOLE and kind.is_decimal())


def canonical(table: Table) -> pl.DataFrame:
    """The shown cells as canonical text, null where a cell is missing."""
    check_types(table)
    return table.frame.select(_canonical(field) for field in table.fields)


def _canonical(field: Field) -> pl.Expr:
    column = pl.col(field.name)
    if field.type == "date":
        return column.cast(pl.Date).dt.strftime("%Y-%m-%d").alias(field.name)
    text = column.cast(pl.String)
    return pl.when(text != "").then(text).alias(field.name) if is_text(field) else text


def begins_like_formula(table: Table, field: Field) -> pl.Series:
    """Whether each text of a field would be taken for a formula by a spreadsheet."""
    return table.frame[field.name].cast(pl.String).str.contains(FORMULA).fill_null(value=False)


def reasons(table: Table, field: Field) -> pl.Series:
    """Why each cell of a field would be missing: its reason column, else "not known"."""
    if field.reason is None:
        return pl.repeat(NO_REASON, table.frame.height, eager=True)
    return table.frame[field.reason].cast(pl.String).fill_null(NO_REASON)


def meanings(table: Table, field: Field) -> pl.Series:
    """What each missing cell of a field is: unknown, suppressed, not_applicable or blank.

    A reason that begins with "suppressed" makes it suppressed; any other reason makes it unknown,
    so that a reason given is never lost.
    """
    if field.reason is None:
        return pl.repeat(str(field.null), table.frame.height, eager=True)
    reason = table.frame[field.reason].cast(pl.String)
    return (
        reason.to_frame("reason")
        .select(
            pl.when(pl.col("reason").str.starts_with(SUPPRESSED))
            .then(pl.lit("suppressed"))
            .when(pl.col("reason").is_not_null())
            .then(pl.lit("unknown"))
            .otherwise(pl.lit(str(field.null)))
        )
        .to_series()
    )


def last_line(table: Table) -> dict[str, Cell]:
    """The cells of the last line: the totals, and the word for them where the report gives none."""
    totals = dict(table.totals or {})
    if totals and totals.get(table.fields[0].name) is None:
        totals[table.fields[0].name] = "Total"
    return totals


def refuse_uncarried(table: Table, frame: pl.DataFrame, format: Format) -> None:
    """Raise, naming column and row, where text holds a character the format cannot carry."""
    for field in table.fields:
        if not is_text(field) or frame[field.name].dtype != pl.String:
            continue
        found = frame[field.name].str.contains(UNCARRIED).arg_true()
        if len(found):
            raise RenderError(
                f"table {table.name}, column {field.name}, row {found[0] + 1}: "
                f"a control character cannot be written as {format}"
            )


def refuse_text(text: str, where: str, format: Format) -> str:
    """The text itself, or an error where it holds a character the format cannot carry."""
    if any(_is_uncarried(character) for character in text):
        raise RenderError(f"{where}: a control character cannot be written as {format}")
    return text


def _is_uncarried(character: str) -> bool:
    code = ord(character)
    return (code < 32 and character not in "\t\n\r") or code in (0xFFFE, 0xFFFF)
