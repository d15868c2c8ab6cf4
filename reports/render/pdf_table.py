"""Tables on pages: header repeated, rows never split while they fit a page, nothing left out.

Belongs here: drawing the bands of a table, row by row. Does not belong here: measuring its columns
(`pdf_columns`), the frame of a page, other blocks.
"""

from __future__ import annotations

from typing import Final

from reports.errors import RenderError
from reports.model import Table
from reports.render.cells import last_line
from reports.render.palette import ADVERSE, INK, INK_2, LINE
from reports.render.pdf_columns import PAD, Column, Look, bands, shown
from reports.render.pdf_page import Flow
from reports.render.pdf_pen import wrapped
from reports.render.pdf_tags import Tag

NOT_APPLICABLE: Final = "–"


def draw_table(flow: Flow, table: Table, columns: list[Column], look: Look) -> None:
    """The whole table from the cursor on, over as many pages as it takes."""
    if not columns:
        raise RenderError(f"table {table.name}: it has no column")
    groups = bands(columns, look, flow.width, table.key)
    for number_, group in enumerate(groups, start=1):
        title = table.title
        if len(groups) > 1:
            title = f"{title} (columns, part {number_} of {len(groups)})"
        _Band(flow, table, group, look, title).draw(is_first=number_ == 1)


def _note(table: Table) -> str:
    """What is shown, and how many columns stand elsewhere because paper has no room for them."""
    left = sum(not (field.on_paper or field.is_status) for field in table.fields)
    if not left:
        return table.note
    more = f"{left} more {'column' if left == 1 else 'columns'} in the workbook"
    return f"{table.note}; {more}" if table.note else more[:1].upper() + more[1:]


class _Band:
    """One band of columns being drawn."""

    def __init__(
        self,
        flow: Flow,
        table: Table,
        columns: list[tuple[Column, float]],
        look: Look,
        title: str,
    ) -> None:
        self._flow, self._table, self._look, self._title = flow, table, look, title
        self._columns = [column for column, _ in columns]
        self._widths = [width for _, width in columns]
        edges = [flow.left]
        for width in self._widths:
            edges.append(edges[-1] + width)
        self._edges = edges
        self._span = min(flow.width, edges[-1] - flow.left)
        self._heads = [
            wrapped(column.label, "semibold", look.head, width - PAD) for column, width in columns
        ]
        self._header_height = max(map(len, self._heads)) * (look.head + 2) + 7

    def draw(self, is_first: bool) -> None:
        """Heading, rows, total."""
        look, table = self._look, self._table
        follow = self._header_height + 2 * look.row
        flow = self._flow
        flow.heading(self._title, _note(table), follow, is_bookmarked=is_first)
        with flow.pen.tag("Table"):
            with flow.pen.tag("TR"):
                self._header()
            for row in range(table.frame.height):
                with flow.pen.tag("TR"):
                    self._row(row)
            if self._has_totals():
                with flow.pen.tag("TR"):
                    self._totals()
        if not table.frame.height:
            flow.y -= look.row
            with flow.pen.tag("P"):
                flow.pen.text(flow.left, flow.y + 6, "No rows", look.size, color=INK_2)
        flow.y -= 14

    def _header(self) -> None:
        flow, look = self._flow, self._look
        leading = look.head + 2
        base = flow.y - self._header_height + 7
        for position, lines in enumerate(self._heads):
            x, align = self._place(position)
            y = base + (len(lines) - 1) * leading
            with flow.pen.tag("TH", scope="Column"):
                flow.pen.lines(x, y, lines, leading, look.head, "semibold", INK_2, align)
        flow.y -= self._header_height
        flow.pen.rule(flow.left, flow.y, self._span, 0.75, INK)

    def _place(self, position: int) -> tuple[float, str]:
        align = self._columns[position].align
        if align == "right":
            return self._edges[position + 1] - PAD, align
        return self._edges[position], align

    def _row(self, row: int) -> None:
        look = self._look
        cells = [
            wrapped(word, "regular", look.size, width - PAD) if word else []
            for word, width in zip((c.words[row] for c in self._columns), self._widths, strict=True)
        ]
        lines = max(1, max(map(len, cells)))
        tags = self._cell_tags()
        start = 0
        while start < lines:
            fit = self._fitting(lines - start)
            part = [cell[start : start + fit] for cell in cells]
            self._lines(row, part, tags, fit, start == 0)
            start += fit

    def _cell_tags(self) -> list[Tag]:
        """One element for each cell; the first of a row is its header."""
        pen = self._flow.pen
        first = pen.new_tag("TH", scope="Row")
        return [first, *(pen.new_tag("TD") for _ in self._columns[1:])]

    def _fitting(self, lines: int) -> int:
        """How many lines of a row go here: all of them, on a new page if need be."""
        look, flow = self._look, self._flow
        height = look.row + (lines - 1) * look.leading
        if height > flow.room and flow.y < flow.top - 40:
            self._next_page()
        if height <= flow.room:
            return lines
        return max(1, int((flow.room - look.row) // look.leading) + 1)

    def _next_page(self) -> None:
        self._flow.new_page()
        with self._flow.pen.artifact():
            self._flow.paragraph(f"{self._title}, continued", 12, 15, "semibold")
            self._flow.y -= 4
            self._header()

    def _lines(
        self, row: int, cells: list[list[str]], tags: list[Tag], count: int, is_first: bool
    ) -> None:
        flow, look = self._flow, self._look
        base = flow.y - look.row + (look.row - look.size) / 2 + 1
        for position, (column, lines) in enumerate(zip(self._columns, cells, strict=True)):
            with flow.pen.within(tags[position]):
                self._cell(row, position, lines, base)
                if is_first and column.words[row] is None and column.missing is not None:
                    self._missing(*self._place(position), base, column.missing[row])
        flow.y -= look.row + (count - 1) * look.leading
        flow.pen.rule(flow.left, flow.y, self._span, 0.5, LINE)

    def _cell(self, row: int, position: int, lines: list[str], base: float) -> None:
        look, column = self._look, self._columns[position]
        x, align = self._place(position)
        red = column.is_red is not None and column.is_red[row]
        weight, color = ("semibold", ADVERSE) if red else ("regular", INK)
        try:
            self._flow.pen.lines(x, base, lines, look.leading, look.size, weight, color, align)
        except RenderError as error:
            place = f"table {self._table.name}, column {column.field.name}, row {row + 1}"
            raise RenderError(f"{place}: {error}") from None

    def _missing(self, x: float, align: str, y: float, meaning: str) -> None:
        if meaning == "not_applicable":
            self._flow.pen.text(x, y, NOT_APPLICABLE, self._look.size, color=INK_2, align=align)
        elif meaning != "blank":
            self._flow.pen.outlined(x, y, meaning, self._look.size - 1, align)

    def _has_totals(self) -> bool:
        """Whether a figure of the total stands in this band, not only its label."""
        shown_here = {column.field.name for column in self._columns}
        figures = {n for n, v in (self._table.totals or {}).items() if not isinstance(v, str)}
        return bool(figures & shown_here)

    def _totals(self) -> None:
        flow, look = self._flow, self._look
        if look.row > flow.room:
            self._next_page()
        flow.pen.rule(flow.left, flow.y, self._span, 0.75, INK)
        base = flow.y - look.row + (look.row - look.size) / 2 + 1
        totals, tags = last_line(self._table), self._cell_tags()
        for position, column in enumerate(self._columns):
            value = totals.get(column.field.name)
            if value is not None:
                x, align = self._place(position)
                word = shown(column.field, value, column.scale)
                with flow.pen.within(tags[position]):
                    flow.pen.text(x, base, word, look.size, "semibold", INK, align)
        flow.y -= look.row
