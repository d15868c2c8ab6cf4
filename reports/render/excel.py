"""The workbook of a document: cover, sheets in page order, definitions; the same bytes every time.

Belongs here: which sheets there are, their names, and the file. openpyxl writes everything but the
data rows, which are spliced in as XML made by column expressions; every entry of the archive has
the date that a new entry is given, 1980-01-01. Does not belong here: looks, rows and charts.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.writer.excel import ExcelWriter

from reports.errors import RenderError
from reports.model import Chart, Document, Field, Metrics, Table, Text, shows
from reports.render import excel_sheets as sheets
from reports.render.cells import is_text, last_line
from reports.render.excel_charts import add_chart
from reports.render.excel_rows import FIRST_ROW, RowWriter, scale_of
from reports.render.excel_styles import Look, Styles, look_of
from reports.render.excel_widths import LEAST, head_lines, label_of, lengths_of, widths_of
from reports.render.files import RenderedFile, rendered

MOST_ROWS: Final = 1_000_000
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class _Data:
    """A data sheet whose rows are spliced in when the file is written."""

    sheet: Any
    table: Table
    lines: dict[str, int]


def render(document: Document) -> tuple[RenderedFile, ...]:
    """The one workbook of a document."""
    book = Workbook()
    book.remove(book.active)
    _properties(book, document)
    names = _Names()
    cover = sheets.new_sheet(book, names.take("Cover"), document)
    contents: list[tuple[str, str]] = []
    data: list[_Data] = []
    alts: list[str] = []
    for block in document.blocks:
        if not shows(block, "xlsx"):
            continue
        if isinstance(block, Metrics):
            name = names.take(block.title)
            sheets.fill_metrics(sheets.new_sheet(book, name, document), block)
            contents.append((name, block.question or f"The {len(block.metrics)} key numbers"))
        elif isinstance(block, Text):
            name = names.take(block.title)
            sheets.fill_text(sheets.new_sheet(book, name, document), block)
            contents.append((name, "What to know"))
        elif isinstance(block, Table):
            for part in _parts(_paper_first(block)):
                name = names.take(_sheet_title(part))
                data.append(_data_sheet(book, name, part, document, alts))
                contents.append((name, part.question or part.note or _count(part)))
    contents += _last_sheets(book, document, names)
    sheets.fill_cover(cover, document, contents)
    return (rendered(document, "xlsx", _file(book, data, alts)),)


def _properties(book: Workbook, document: Document) -> None:
    at = datetime.combine(document.facts.as_of, time())
    book.properties.created = book.properties.modified = at
    book.properties.creator = book.properties.lastModifiedBy = "benefits"
    book.properties.title = document.title
    book.properties.subject = document.verdict
    book.properties.language = document.language


def _last_sheets(book: Workbook, document: Document, names: _Names) -> Iterator[tuple[str, str]]:
    if document.work_items:
        name = names.take("Work list")
        sheets.fill_work_list(sheets.new_sheet(book, name, document), document)
        things = (
            "1 thing" if len(document.work_items) == 1 else f"{len(document.work_items)} things"
        )
        yield name, f"{things} to settle"
    name = names.take("Definitions")
    sheets.fill_definitions(sheets.new_sheet(book, name, document), document)
    yield name, "What each word means"


def _paper_first(table: Table) -> Table:
    """The table with the columns that paper leaves out behind the others, so that it can."""
    return replace(table, fields=tuple(sorted(table.fields, key=lambda field: not field.on_paper)))


def _parts(table: Table) -> Iterator[Table]:
    """The table, or several where it has more rows than a sheet."""
    height = table.frame.height
    starts = range(0, max(height, 1), MOST_ROWS)
    for number, start in enumerate(starts, start=1):
        if len(starts) == 1:
            yield table
            return
        is_last = number == len(starts)
        yield replace(
            table,
            name=f"{table.name}_{number}",
            title=f"{table.title} ({number} of {len(starts)})",
            frame=table.frame.slice(start, MOST_ROWS),
            totals=table.totals if is_last else None,
        )


def _sheet_title(table: Table) -> str:
    """The plain name of a table: its heading may be a finding, which no sheet name can hold."""
    return table.name.replace("_", " ").capitalize()


def _count(table: Table) -> str:
    height = table.frame.height
    return f"{height:,} row" + ("" if height == 1 else "s")


def _data_sheet(
    book: Workbook, name: str, table: Table, document: Document, alts: list[str]
) -> _Data:
    sheet = sheets.new_sheet(book, name, document)
    height = table.frame.height
    note = table.note or _count(table)
    sheets.heading(sheet, table.title, note if height else f"{note}. There are no rows.")
    sheets.header(sheet, [(label_of(field), _align(field)) for field in table.fields])
    lengths = lengths_of(table)
    wide = widths_of(table, lengths)
    lines = {
        field.name: int(1.2 * wide[field.name] - 8)  # words break early, in a narrow line more so
        for field in table.fields
        if is_text(field) and lengths[field.name] > max(LEAST, wide[field.name] - 2)
    }
    sheets.widths(sheet, wide.values())
    sheets.tall_header(sheet, max((head_lines(f, wide[f.name]) for f in table.fields), default=1))
    last = FIRST_ROW + height - 1
    sheets.fit_paper(sheet, table, last + (table.totals is not None))
    edge = get_column_letter(len(table.fields))
    sheet.auto_filter.ref = f"A{FIRST_ROW - 1}:{edge}{max(last, FIRST_ROW - 1)}"
    row = last + 1
    if table.totals is not None:
        _totals(sheet, table, row)
        row += 1
    for chart in document.blocks:
        if isinstance(chart, Chart) and chart.table == table.name and chart.series and height:
            sheets.keep_whole(sheet, height, before=row + 1)
            add_chart(sheet, chart, table, FIRST_ROW, f"A{row + 2}")
            alts.append(chart.alt)
            row += 22
    return _Data(sheet, table, lines)


def _align(field: Field) -> str:
    return look_of(field, 0).align


def _totals(sheet: Any, table: Table, row: int) -> None:
    totals = last_line(table)
    for column, field in enumerate(table.fields, start=1):
        look = look_of(field, scale_of(table, field))
        value = totals.get(field.name)
        if isinstance(value, str):
            look = Look(align=look.align, is_text=True)
        sheets.put(sheet, row, column, value, replace(look, is_bold=True, line_above=True))


class _Names:
    """Sheet names: at most 31 characters, no sign a name may not hold, each once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, title: str) -> str:
        base = _FORBIDDEN.sub(" ", title).strip(" '")[:31] or "Sheet"
        name, number = base, 2
        while name.lower() in self._taken:
            ending = f" {number}"
            name, number = base[: 31 - len(ending)] + ending, number + 1
        self._taken.add(name.lower())
        return name


def _file(book: Workbook, data: Iterable[_Data], alts: list[str]) -> bytes:
    writers = {}
    for item in data:
        writer = RowWriter(item.table, Styles(item.sheet), item.lines)
        writers[f"xl/worksheets/sheet{book.index(item.sheet) + 1}.xml"] = (item.table, writer)
    draft, target = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(draft, "w") as archive:
        ExcelWriter(book, archive).save()
    fast = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with zipfile.ZipFile(draft) as source, fast as archive:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/drawings/drawing"):
                content = _described(content, alts)
            pieces = _spliced(content, *writers[name]) if name in writers else iter((content,))
            with archive.open(name, "w") as stream:
                for piece in pieces:
                    stream.write(piece)
    return target.getvalue()


def _spliced(content: bytes, table: Table, writer: RowWriter) -> Iterator[bytes]:
    """The sheet with its data rows between the header and the total."""
    height = table.frame.height
    last = FIRST_ROW + height - 1 + (table.totals is not None)
    dimension = f'<dimension ref="A1:{get_column_letter(len(table.fields))}{last}"'.encode()
    content = re.sub(rb'<dimension ref="[^"]*"', dimension, content, count=1)
    total = content.find(f'<row r="{FIRST_ROW + height}"'.encode())
    cut = total if total >= 0 else content.find(b"</sheetData>")
    if cut < 0:
        raise RenderError(f"table {table.name}: its sheet has no place for rows")
    yield content[:cut]
    for piece in writer.pieces():
        yield piece.encode("utf-8")
    yield content[cut:]


def _described(drawing: bytes, alts: list[str]) -> bytes:
    """Give each chart of a drawing its words for readers, in the order they were added."""

    def words(found: re.Match[bytes]) -> bytes:
        return found[0] + f" descr={quoteattr(alts.pop(0))}".encode() if alts else found[0]

    return re.sub(rb'<(?:xdr:)?cNvPr id="\d+" name="Chart \d+"', words, drawing)
