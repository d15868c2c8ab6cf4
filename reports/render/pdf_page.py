"""The frame of every page: header, marks, footer, and where the next thing may stand.

Belongs here: margins, the cursor, page breaks, "page n of m". Does not belong here: tables, charts
and numbers (their own modules).
"""

from __future__ import annotations

from typing import Final

from reports.model import Document
from reports.render.palette import ADVERSE, INK, INK_2, LINE, MUTED
from reports.render.pdf_file import PdfFile
from reports.render.pdf_pen import LETTER, Pen, text_width, wrapped
from reports.render.words import day, quality

SIDE: Final = 41.76
TOP: Final = 36.0
FOOT: Final = 25.92
MARKS: Final = {
    "draft": "DRAFT, NOT FOR FILING",
    "worksheet": "Worksheet, not for filing",
    "final": "",
}
_HEADER: Final = 24.0
_FOOTER: Final = 26.0


class Flow:
    """A document being laid out: a pen, and a cursor that moves down and on to new pages."""

    def __init__(self, document: Document, is_landscape: bool, file: PdfFile) -> None:
        size = (LETTER[1], LETTER[0]) if is_landscape else LETTER
        self.pen = Pen(size, file)
        self.document = document
        self.left, self.width = SIDE, size[0] - 2 * SIDE
        self.bottom = FOOT + _FOOTER
        self.top = size[1] - TOP - _HEADER
        self.y = 0.0
        self.new_page()

    @property
    def room(self) -> float:
        """How much height is left on this page."""
        return self.y - self.bottom

    @property
    def body(self) -> float:
        """How much height an empty page has."""
        return self.top - 14 - self.bottom

    def new_page(self) -> None:
        """Go on at the top of a fresh page."""
        self.pen.new_page()
        with self.pen.artifact():
            self._head()
        self.y = self.top - 14

    def _head(self) -> None:
        facts, document, baseline = self.document.facts, self.document, self.top + 11
        width = self.pen.text(self.left, baseline, facts.company_name, 10, "semibold")
        self.pen.text(self.left + width + 6, baseline, document.title, 10)
        if document.subtitle:
            self._subtitle(width + 6 + text_width(document.title, "regular", 10), baseline)
        self.pen.rule(self.left, self.top + 0.75, self.width, 1.5, INK)
        if MARKS[document.status]:
            self._mark(MARKS[document.status])

    def _subtitle(self, used: float, baseline: float) -> None:
        right, subtitle = self.left + self.width, self.document.subtitle
        size = 10.0
        if used + 16 + text_width(subtitle, "regular", size) > self.width:
            size = max(6.0, size * (self.width - used - 16) / text_width(subtitle, "regular", size))
        self.pen.text(right, baseline, subtitle, size, color=INK_2, align="right")

    def _mark(self, mark: str) -> None:
        y = self.pen.height - 27
        width = text_width(mark, "semibold", 8.5) + 12
        self.pen.box(self.left, y, width, 14, ADVERSE, fill=False)
        self.pen.text(self.left + 6, y + 4, mark, 8.5, "semibold", ADVERSE)

    def need(self, height: float) -> None:
        """Begin a new page unless so much height is left."""
        if self.room < height and self.y < self.top - 14:
            self.new_page()

    def paragraph(
        self,
        text: str,
        size: float,
        leading: float,
        weight: str = "regular",
        color: str = INK,
        width: float | None = None,
        role: str = "P",
    ) -> None:
        """Lines of plain text under the cursor, broken over pages."""
        with self.pen.tag(role):
            lines = wrapped(text, weight, size, width or self.width)
            for left, line in enumerate(lines, 1 - len(lines)):
                self.need(leading)
                at = self.y - size
                self.pen.text(self.left, at, line, size, weight, color, is_broken=left < 0)
                self.y -= leading

    def heading(self, title: str, note: str, follow: float, is_bookmarked: bool = True) -> None:
        """A section heading with the line under it, kept with what follows."""
        self.need(15 + (13 if note else 0) + 8 + follow)
        if is_bookmarked:
            self.pen.bookmark(title)
        self.paragraph(title, 12, 15, "semibold", role="H2")
        if note:
            self.paragraph(note, 9.75, 13, color=INK_2)
        self.y -= 4

    def save(self) -> None:
        """Write the footers, now that the number of pages is known, and give the pages away."""
        facts, count = self.document.facts, len(self.pen.pages)
        parts = [
            f"Data as of {day(facts.as_of)}",
            f"Data quality {quality(facts.grade)}",
            f"Data version {facts.data_version}",
        ]
        if facts.is_test_data:
            parts.append("Specimen: invented people and figures")
        right = self.left + self.width
        for number in range(count):
            self.pen.on_page(number)
            self.pen.rule(self.left, FOOT + 14, self.width, 0.5, LINE)
            x = self.left
            for part in parts:
                x += self.pen.text(x, FOOT, part, 9, color=MUTED) + 9
            label = f"Page {number + 1} of {count}"
            self.pen.text(right, FOOT, label, 9, color=MUTED, align="right")
        self.pen.save()
