"""The PDF of a document: forms as they are drawn, everything else as pages in reading order.

Belongs here: the order of the blocks and which orientation they get. Does not belong here: how a
block is drawn (`pdf_*`, `form`). Pages have title, language, bookmarks, real text and a structure
tree; drawn forms have all of that but the tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

import polars as pl

from reports.model import Block, Chart, Document, Field, FormPages, Metrics, Table, Text, shows
from reports.render.charts import chart_svg
from reports.render.files import RenderedFile, rendered
from reports.render.form import Stencil
from reports.render.palette import INK_2
from reports.render.pdf_columns import DENSE, NORMAL, Column, columns_of, natural_width
from reports.render.pdf_file import PdfFile
from reports.render.pdf_metrics import draw_metrics
from reports.render.pdf_page import Flow
from reports.render.pdf_pen import text_width, wrapped
from reports.render.pdf_svg import draw_svg, svg_size
from reports.render.pdf_table import draw_table

PORTRAIT_WIDTH: Final = 528.0
GAP: Final = 24.0
LEAST_SCALE: Final = 0.615
PIXEL: Final = 0.75


def render(document: Document) -> tuple[RenderedFile, ...]:
    """The one PDF of a document."""
    blocks = [block for block in document.blocks if shows(block, "pdf")]
    forms = [block for block in blocks if isinstance(block, FormPages)]
    others = [block for block in blocks if not isinstance(block, FormPages)]
    file = PdfFile(document.title, document.verdict, document.language)
    for form in forms:
        Stencil(form.layout, file.typeface).draw(file, form.pages)
    if others or not forms:
        _pages(file, document, others)
    return (rendered(document, "pdf", file.save()),)


def _pages(file: PdfFile, document: Document, blocks: Sequence[Block]) -> None:
    tables = {block.name: columns_of(block) for block in blocks if isinstance(block, Table)}
    work = _work_list(document)
    is_wide = any(natural_width(columns, NORMAL) > PORTRAIT_WIDTH for columns in tables.values())
    flow = Flow(document, is_wide, file)
    _opening(flow, document)
    for is_chart, group in groupby(blocks, key=lambda block: isinstance(block, Chart)):
        if is_chart:
            _charts(flow, [block for block in group if isinstance(block, Chart)])
            continue
        for block in group:
            _block(flow, block, tables)
    if work is not None:
        draw_table(flow, work, columns_of(work), NORMAL)
    _notes(flow, document)
    flow.save()


def _opening(flow: Flow, document: Document) -> None:
    flow.y -= 6
    with flow.pen.tag("H1"):
        lines = balanced(document.verdict, 20, flow.width * 0.84)
        flow.pen.lines(flow.left, flow.y - 20, lines, 24, 20, "semibold")
        flow.y -= 24 * len(lines)
    flow.y -= 4
    if document.lead:
        flow.paragraph(document.lead, 11.5, 16, color=INK_2, width=min(flow.width, 500.0))
    flow.y -= 12


def balanced(text: str, size: float, room: float) -> list[str]:
    """Lines of about the same length, so that the last is never a lone word."""
    lines = wrapped(text, "semibold", size, room)
    width = room
    while width > 40:
        narrower = wrapped(text, "semibold", size, width - 8)
        if len(narrower) > len(lines):
            break
        lines, width = narrower, width - 8
    return lines


def _block(flow: Flow, block: Block, tables: dict[str, list[Column]]) -> None:
    if isinstance(block, Metrics):
        draw_metrics(flow, block)
    elif isinstance(block, Table):
        columns = tables[block.name]
        look = NORMAL if natural_width(columns, NORMAL) <= flow.width else DENSE
        draw_table(flow, block, columns, look)
    elif isinstance(block, Text):
        flow.heading(block.title, "", 20)
        for paragraph in block.paragraphs:
            flow.paragraph(paragraph, 10, 13, width=min(flow.width, 500.0))
            flow.y -= 4
        flow.y -= 10


def _charts(flow: Flow, charts: Sequence[Chart]) -> None:
    """Charts one under the other, or two beside each other where their words stay readable."""
    half = (flow.width - GAP) / 2
    drawn = [(chart, chart_svg(chart.spec)) for chart in charts]
    while drawn:
        pair = drawn[:2]
        fits = len(pair) == 2 and all(svg_size(svg)[0] * LEAST_SCALE <= half for _, svg in pair)
        row = pair if fits else drawn[:1]
        drawn = drawn[len(row) :]
        _chart_row(flow, row, half if fits else flow.width)


def _chart_row(flow: Flow, row: Sequence[tuple[Chart, str]], width: float) -> None:
    placed = []
    for chart, svg in row:
        size = svg_size(svg)
        scale = min(PIXEL, width / size[0])
        titles = wrapped(chart.title, "semibold", 12, width)
        captions = wrapped(chart.caption, "regular", 9.75, width) if chart.caption else []
        head = 15 * len(titles) + 13 * len(captions) + 8
        placed.append((chart, svg, scale, titles, captions, head, size[1] * scale))
    head = max(item[5] for item in placed)
    flow.need(head + max(item[6] for item in placed) + 10)
    top = flow.y
    for number, (chart, svg, scale, titles, captions, _, _) in enumerate(placed):
        x = flow.left + number * (width + GAP)
        flow.pen.bookmark(chart.title)
        y = top
        with flow.pen.tag("H2"):
            flow.pen.lines(x, y - 12, titles, 15, 12, "semibold")
            y -= 15 * len(titles)
        with flow.pen.tag("P"):
            flow.pen.lines(x, y - 9.75, captions, 13, 9.75, color=INK_2)
        with flow.pen.tag("Figure", alt=chart.alt):
            draw_svg(flow.pen, svg, x, top - head, scale)
    flow.y = top - head - max(item[6] for item in placed) - 18


def _work_list(document: Document) -> Table | None:
    """What must be settled, as a table of the last page."""
    items = document.work_items
    if not items:
        return None
    frame = pl.DataFrame(
        {
            "what": [item.what for item in items],
            "why": [item.why for item in items],
            "where": [".".join(p for p in (item.table, item.column) if p) for item in items],
            "owner": [item.owner for item in items],
        }
    )
    fields = (
        Field("what", "What"),
        Field("why", "Why", null="blank"),
        Field("where", "Where", null="blank"),
        Field("owner", "Owner", null="blank"),
    )
    return Table("work_list", "What must be settled", fields, frame)


def _notes(flow: Flow, document: Document) -> None:
    for label, note in document.notes:
        width = text_width(label + ". ", "semibold", 9.75)
        lines = _hanging(note, width, flow.width)
        flow.need(13 * len(lines))
        with flow.pen.tag("P"):
            flow.pen.text(flow.left, flow.y - 10, f"{label}.", 9.75, "semibold")
            for number, line in enumerate(lines):
                x = flow.left + (width + 3 if number == 0 else 0)
                flow.pen.text(x, flow.y - 10, line, 9.75, color=INK_2)
                flow.y -= 13
        flow.y -= 4


def _hanging(text: str, first: float, room: float) -> list[str]:
    """Lines of which the first starts after a label."""
    lines = wrapped(text, "regular", 9.75, room - first - 3)
    if len(lines) < 2:
        return lines
    rest = " ".join(text.split())[len(lines[0]) :].strip()
    return [lines[0], *wrapped(rest, "regular", 9.75, room)]
