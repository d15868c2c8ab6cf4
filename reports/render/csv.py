"""CSV: one RFC 4180 file per table, UTF-8, CRLF, header of field names, cells in canonical text.

Does not belong here: anything but rows; verdict, totals and notes stand in the other formats. A
cell is never altered: a workbook that opens the file as formulas is told by its import, not here.
"""

from __future__ import annotations

from reports.errors import RenderError
from reports.model import Document, Table
from reports.render.cells import canonical
from reports.render.files import RenderedFile, file_stem, rendered


def render(document: Document) -> tuple[RenderedFile, ...]:
    """One file per table that CSV shows, named after its table where there are several."""
    tables = document.tables("csv")
    if not tables:
        raise RenderError(f"{document.report}: it has no table, so nothing can be written as csv")
    return tuple(
        rendered(document, "csv", _content(table), _name(document, table, len(tables) == 1))
        for table in tables
    )


def _name(document: Document, table: Table, is_only: bool) -> str:
    if table.file:
        return table.file
    stem = file_stem(document)
    return f"{stem}.csv" if is_only else f"{stem}-{table.name}.csv"


def _content(table: Table) -> bytes:
    text = canonical(table).write_csv(line_terminator="\r\n", quote_style="necessary")
    return text.encode("utf-8")
