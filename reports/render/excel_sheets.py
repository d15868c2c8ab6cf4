"""The sheets around the data: cover, key numbers, notes, work list, definitions.

Belongs here: small sheets, cell by cell. Does not belong here: data rows (`excel_rows`), charts,
the file.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.pagebreak import Break

from reports.model import Cell, Document, Metric, Metrics, Table, Text
from reports.render import palette
from reports.render.cells import refuse_text
from reports.render.excel_styles import DATE_FORMAT, FACE, MINUS, ROW_HEIGHT, Look, apply
from reports.render.files import file_stem
from reports.render.words import quality

MARKS: Final = {
    "draft": "DRAFT, NOT FOR FILING",
    "worksheet": "Worksheet, not for filing",
    "final": "",
}
TITLE: Final = Look(size=16, is_bold=True)
NOTE: Final = Look(color=palette.INK_2)
HEAD: Final = Look(is_bold=True, fill=palette.PANEL, line_below=True)
SHORT: Final = 20
COVER_LINE: Final = 100  # characters of a fact on the cover
PAGE_WIDTH: Final = 174.0  # characters between the margins at 8 points, the least that is read
MARGIN: Final = 0.4  # inches at the left and right
BODY: Final = Look(is_text=True)
DAY: Final = Look(format=DATE_FORMAT)
STRONG: Final = Look(is_bold=True)
HATCHED: Final = Look(color=palette.INK_2, fill="hatch", align="right")
WRAPPED: Final = Look(is_text=True, is_wrapped=True)


def put(sheet: Any, row: int, column: int, value: Cell, look: Look) -> None:
    """Write one cell; text is text, whatever it begins with."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = refuse_text(value, "workbook", "xlsx")
        cell.data_type = "s"
    else:
        cell.value = value
    apply(cell, look)


def new_sheet(book: Workbook, name: str, document: Document) -> Any:
    """An empty sheet set up for reading and for paper."""
    sheet = book.create_sheet(name)
    sheet.sheet_view.showGridLines = False
    sheet.sheet_format.defaultRowHeight = ROW_HEIGHT
    sheet.sheet_format.customHeight = True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_LETTER
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = MARGIN
    sheet.oddFooter.left.text = f"Data version {document.facts.data_version}"
    sheet.oddFooter.right.text = "Page &P of &N"
    return sheet


def heading(sheet: Any, title: str, note: str) -> None:
    """Title in row 1, what is shown in row 2."""
    put(sheet, 1, 1, title, TITLE)
    put(sheet, 2, 1, note, NOTE)
    sheet.row_dimensions[1].height = 24


def header(sheet: Any, labels: Sequence[tuple[str, str]], row: int = 3) -> None:
    """The header row: label and alignment of each column; panes frozen below it."""
    for column, (label, align) in enumerate(labels, start=1):
        put(sheet, row, column, label, replace(HEAD, align=align, is_wrapped=True))
    sheet.freeze_panes = f"B{row + 1}"
    sheet.print_title_rows = f"{row}:{row}"


def tall_header(sheet: Any, lines: int, row: int = 3) -> None:
    """Give the header row the lines its longest label takes."""
    if lines > 1:
        sheet.row_dimensions[row].height = lines * ROW_HEIGHT


def paper_width(table: Table, wide: Mapping[str, float]) -> float:
    """The characters that the columns for paper take together."""
    return sum(wide[field.name] for field in table.fields if field.on_paper)


def fit_paper(sheet: Any, table: Table, last: int) -> None:
    """Print what a page can show: the columns for paper, on as many pages as it takes.

    Columns that do not fit beside each other go on with the key repeated, which takes its place on
    every page; the title then stands in the page's header, for a repeated column would cut it.
    """
    shown = [field for field in table.fields if field.on_paper]
    letters = [get_column_letter(column) for column in range(1, max(1, len(shown)) + 1)]
    wide = [sheet.column_dimensions[letter].width for letter in letters]
    is_wide = sum(wide) > PAGE_WIDTH
    if is_wide or len(shown) < len(table.fields):
        sheet.print_area = f"A{3 if is_wide else 1}:{letters[-1]}{max(last, 3)}"
    if is_wide:
        repeated = max((n for n, f in enumerate(shown, 1) if f.name in table.key), default=1)
        sheet.print_title_cols = f"A:{get_column_letter(repeated)}"
        again = sum(wide[:repeated])
        room = max(PAGE_WIDTH - again, PAGE_WIDTH / 4)
        sheet.page_setup.fitToWidth = math.ceil((sum(wide) - again) / room)
        sheet.oddHeader.left.text = table.title.replace("&", "&&")
        sheet.oddHeader.left.font, sheet.oddHeader.left.size = f"{FACE},Bold", TITLE.size


def keep_whole(sheet: Any, rows: int, before: int) -> None:
    """Print a short table and its chart on one page; a chart under a long one begins a page."""
    if rows <= SHORT:
        sheet.page_setup.fitToHeight = 1
    else:
        sheet.row_breaks.append(Break(id=before))


def widths(sheet: Any, characters: Iterable[float]) -> None:
    """Column widths in characters, from the first column on."""
    for column, width in enumerate(characters, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def fill_cover(sheet: Any, document: Document, contents: Sequence[tuple[str, str]]) -> None:
    """Company, verdict, where the numbers come from, and the linked list of sheets."""
    facts = document.facts
    widths(sheet, (4, 30, 92))
    put(sheet, 2, 2, facts.company_name, Look(size=18, is_bold=True))
    sheet.row_dimensions[2].height = 26
    put(sheet, 3, 2, ", ".join(p for p in (document.title, document.subtitle) if p), NOTE)
    row = 5
    if MARKS[document.status]:
        put(sheet, row, 2, MARKS[document.status], Look(is_bold=True, color=palette.ADVERSE))
        row += 1
    put(sheet, row, 2, document.verdict, Look(size=12, is_bold=True, is_wrapped=True))
    put(sheet, row + 1, 2, document.lead, Look(color=palette.INK_2, is_wrapped=True))
    for at, text in ((row, document.verdict), (row + 1, document.lead)):
        sheet.merge_cells(start_row=at, start_column=2, end_row=at, end_column=3)
        sheet.row_dimensions[at].height = ROW_HEIGHT * (1 + len(text) // 105)
    row += 3
    for label, value in _cover_facts(document):
        put(sheet, row, 2, label, STRONG)
        put(sheet, row, 3, value, WRAPPED if isinstance(value, str) else DAY)
        sheet.row_dimensions[row].height = ROW_HEIGHT * (1 + len(str(value)) // COVER_LINE)
        row += 1
    _contents(sheet, row + 1, contents)


def _cover_facts(document: Document) -> Iterable[tuple[str, str | date]]:
    facts = document.facts
    yield "Data as of", facts.as_of
    yield "Data version", facts.data_version
    yield "Data quality", quality(facts.grade)
    if facts.is_test_data:
        yield "Specimen", "Invented people and figures"
    if document.made_for:
        yield "Made for", document.made_for
    yield from document.notes
    missing = [
        metric.label
        for block in document.blocks
        if isinstance(block, Metrics)
        for metric in block.metrics
        if metric.status == "not_measured"
    ]
    if missing and "Not measured" not in dict(document.notes):
        yield "Not measured", "; ".join(missing)
    yield "Same numbers as", f"{file_stem(document)}.pdf"


def _contents(sheet: Any, row: int, contents: Sequence[tuple[str, str]]) -> None:
    line = Look(is_bold=True, line_below=True)
    put(sheet, row, 2, "Sheets", line)
    put(sheet, row, 3, "What it answers", line)
    for name, question in contents:
        row += 1
        cell = sheet.cell(row, 2)
        cell.hyperlink = name
        quoted = name.replace("'", "''")
        cell.hyperlink.target, cell.hyperlink.location = None, f"'{quoted}'!A1"
        put(sheet, row, 2, name, Look(color=palette.BLUE, is_link=True))
        put(sheet, row, 3, question, BODY)


def fill_metrics(sheet: Any, block: Metrics) -> None:
    """One row per number: value, target, variance in words, why it is missing, its trend."""
    heading(sheet, block.title, block.note or "Each number with its target and what changed")
    periods = list(dict.fromkeys(p for metric in block.metrics for p, _ in metric.trend))
    periods.sort()
    labels = [("Measure", "left"), ("Unit", "left"), ("Actual", "right"), ("Target", "right")]
    labels += [("Variance", "right"), ("Against target", "left"), ("Status", "left")]
    labels += [("What changed", "left"), *((period, "right") for period in periods)]
    header(sheet, labels)
    for row, metric in enumerate(block.metrics, start=4):
        _metric_row(sheet, row, metric, periods)
    longest = max((len(m.note or m.why_missing) for m in block.metrics), default=0)
    widths(sheet, (36, 10, 16, 16, 14, 26, 16, min(64, max(20, longest + 2))))
    for column in range(9, 9 + len(periods)):
        sheet.column_dimensions[get_column_letter(column)].width = 13


def _metric_row(sheet: Any, row: int, metric: Metric, periods: Sequence[str]) -> None:
    put(sheet, row, 1, metric.label, BODY)
    put(sheet, row, 2, metric.unit, BODY)
    if metric.value is None:
        put(sheet, row, 3, metric.status.replace("_", " "), HATCHED)
    else:
        put(sheet, row, 3, metric.value, _figure(metric, metric.value))
    if metric.target is not None:
        put(sheet, row, 4, metric.target, _figure(metric, metric.target))
    if metric.variance is not None:
        put(sheet, row, 5, metric.variance, _figure(metric, metric.variance, is_signed=True))
    tone = palette.ADVERSE if metric.is_adverse else palette.INK
    put(sheet, row, 6, metric.variance_text, Look(color=tone, is_text=True))
    put(sheet, row, 7, metric.tag or metric.status.replace("_", " "), BODY)
    put(sheet, row, 8, metric.note or metric.why_missing, BODY)
    trend = dict(metric.trend)
    for column, period in enumerate(periods, start=9):
        value = trend.get(period)
        if value is not None:
            put(sheet, row, column, value, _figure(metric, value))
        elif period in trend:
            put(sheet, row, column, "unknown", HATCHED)


def _figure(metric: Metric, value: Cell, is_signed: bool = False) -> Look:
    exponent = getattr(value, "as_tuple", lambda: None)()
    places = 0 if exponent is None else max(0, -int(exponent.exponent))
    digits = "#,##0" + ("." + "0" * places if places else "")
    before = "$" if metric.unit == "$" else ""
    after = '"%"' if metric.unit == "%" and not is_signed else ""
    plus = "+" if is_signed else ""
    red = palette.ADVERSE if is_signed and metric.is_adverse else palette.INK
    zero = f";{before}{digits}{after}" if is_signed else ""
    positive, negative = f"{plus}{before}{digits}{after}", f"{MINUS}{before}{digits}{after}"
    return Look(format=f"{positive};{negative}{zero}", align="right", color=red)


def fill_text(sheet: Any, block: Text) -> None:
    """The paragraphs of a text block, one per row."""
    heading(sheet, block.title, "")
    sheet.column_dimensions["A"].width = 110
    for row, paragraph in enumerate(block.paragraphs, start=3):
        put(sheet, row, 1, paragraph, WRAPPED)
        sheet.row_dimensions[row].height = ROW_HEIGHT * (1 + len(paragraph) // 115)


def fill_work_list(sheet: Any, document: Document) -> None:
    """What must be settled: what, why, who, where."""
    heading(sheet, "Work list", f"{len(document.work_items)} open, those that block first")
    names = ("What", "Why", "Owner", "Table", "Column", "Key", "Blocks")
    header(sheet, [(name, "left") for name in names])
    items = sorted(document.work_items, key=lambda item: not item.is_blocking)
    for row, item in enumerate(items, start=4):
        values = (item.what, item.why, item.owner, item.table, item.column, item.key)
        for column, value in enumerate((*values, "Yes" if item.is_blocking else "No"), start=1):
            put(sheet, row, column, value, BODY)
    widths(sheet, (52, 60, 18, 26, 26, 30, 8))
    sheet.auto_filter.ref = f"A3:G{3 + len(items)}"


def fill_definitions(sheet: Any, document: Document) -> None:
    """The terms of the report, then every column of every table that explains itself."""
    heading(sheet, "Definitions", "What each measure and column means")
    header(sheet, [("Term", "left"), ("Meaning", "left")])
    terms = list(document.definitions)
    terms += [
        (m.label, m.definition)
        for b in document.blocks
        if isinstance(b, Metrics)
        for m in b.metrics
        if m.definition
    ]
    terms += [
        (f.label, f.definition) for t in document.tables("xlsx") for f in t.fields if f.definition
    ]
    terms += [
        ("unknown", "The data does not say; the cell is hatched and never counted as zero"),
        ("suppressed", "Too few people to show without naming them"),
    ]
    for row, (term, meaning) in enumerate(dict.fromkeys(terms), start=4):
        put(sheet, row, 1, term, STRONG)
        put(sheet, row, 2, meaning, WRAPPED)
        sheet.row_dimensions[row].height = ROW_HEIGHT * (1 + len(meaning) // 100)
    widths(sheet, (36, 100))
