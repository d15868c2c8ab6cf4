"""CSV: one RFC 4180 file per table, UTF-8, CRLF, header of field names, cells in canonical text.

Does not belong here: anything but rows; verdict, totals and notes stand in the other formats. A
file for a program is never altered; in one that people open with a spreadsheet, a text that begins
like a formula gets an apostrophe before it, which taken off gives the text back.
"""

from __future__ import annotations

import polars as pl

from reports.errors import RenderError
from reports.model import Document, Table
from reports.render.cells import FORMULA, canonical, is_text
from reports.render.files import RenderedFile, file_stem, rendered


def render(document: Document) -> tuple[RenderedFile, ...]:
    """One file per table that CSV shows, named after its table where there are several."""
    tables = document.tables("csv")
    if not tables:
        raise RenderError(f"{document.report}: it has no table, so nothing can be written as csv")
    is_only = len(tables) == 1
    return tuple(
        rendered(document, "csv", _content(document, table), _name(document, table, is_only))
        for table in tables
    )


def _name(document: Document, table: Table, is_only: bool) -> str:
    if table.file:
        return table.file
    stem = file_stem(document)
    return f"{stem}.csv" if is_only else f"{stem}-{table.name}.csv"


def _content(document: Document, table: Table) -> bytes:
    cells = canonical(table)
    if document.csv == "people":
        cells = cells.with_columns(_as_text(f.name) for f in table.fields if is_text(f))
    text = cells.write_csv(line_terminator="\r\n", quote_style="necessary")
    return text.encode("utf-8")


def _as_text(name: str) -> pl.Expr:
    """The cells of a text column, none of which a spreadsheet takes for a formula."""
    text = pl.col(name)
    return pl.when(text.str.contains(FORMULA)).then("'" + text).otherwise(text).alias(name)
