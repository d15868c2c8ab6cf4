"""Forms drawn from geometry data: each static page once, then one string of operators per copy.

Belongs here: filling the copies of any form, one file for all or one file each. Does not belong
here: where a value stands in its box (`form_box`), which boxes a form has (geometry files), what
they mean (lines.yml) or where their values come from (each form's own report module).

A static page is one drawing of the file, packed once. A copy is bare text operators, most of them
a beginning that is known in advance, the value, and an end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from reports.errors import RenderError
from reports.render.form_box import BACK, Box, hatch
from reports.render.form_layout import FormPage, Layout, LayoutError
from reports.render.form_static import specimen, static
from reports.render.pdf_file import PdfFile, drawing
from reports.render.typeface import Typeface, text_width

RED_OPERATOR: Final = "0.7059 0.1373 0.0941 rg"
GREY_OPERATOR: Final = "0.3725 0.4235 0.4706 rg"
NOTE_SIZE: Final = 8.0
NOTE_LEADING: Final = NOTE_SIZE * 1.4
MARK_SIZE: Final = 8.5
LANGUAGE: Final = "en-US"


def render_forms(layout: Layout, pages: Sequence[FormPage], title: str, subject: str) -> bytes:
    """The PDF of all pages, in order; the same pages give the same bytes."""
    (content,) = render_each(layout, [pages], title, subject)
    return content


def render_each(
    layout: Layout, files: Iterable[Sequence[FormPage]], title: str, subject: str
) -> Iterator[bytes]:
    """One PDF for each sequence of pages; a file does not depend on those beside it."""
    stencil = Stencil(layout)
    for pages in files:
        file = PdfFile(title, subject, LANGUAGE, stencil.typeface.copy())
        stencil.draw(file, pages)
        yield file.save()


class Stencil:
    """A form ready to be filled: its static drawings packed, its boxes prepared."""

    def __init__(self, layout: Layout, typeface: Typeface | None = None) -> None:
        self.typeface = typeface or Typeface()
        self._layout = layout
        self.typeface.use("semibold")
        self._specimen = drawing(layout.size, specimen(self.typeface, layout.size))
        self._pages = {
            number: drawing(layout.size, static(self.typeface, template))
            for number, template in layout.pages.items()
        }
        self._boxes = {
            number: {name: Box(box, self.typeface) for name, box in template.boxes.items()}
            for number, template in layout.pages.items()
        }

    def draw(self, file: PdfFile, pages: Sequence[FormPage]) -> None:
        """Add the copies to a file whose typeface began as this one's."""
        if not pages:
            raise LayoutError(f"{self._layout.name}: there is no page to print")
        for page in pages:
            try:
                operators = self._page(file, page)
            except RenderError as error:
                record = page.footer.partition(" · ")[0]
                raise RenderError(f"{self._layout.name}, {record}: {error}") from None
            bookmarks = (page.bookmark,) if page.bookmark else ()
            file.add_page(self._layout.size, operators, bookmarks)

    def _page(self, file: PdfFile, page: FormPage) -> str:
        """Static drawing, values, then what stands in the margin."""
        boxes = self._boxes_of(page)
        operators = [file.draw_once(self._specimen)] if page.is_specimen else []
        operators.append(file.draw_once(self._pages[page.page]))
        operators.append(BACK)
        marks = []
        continued: list[str] = []
        for name, value in page.values.items():
            if value:
                box = boxes[name]
                if box.is_check:
                    marks.append(box.cross)
                else:
                    operators.append(box.filled(value, file.typeface, continued))
        operators.extend(marks)
        for name in sorted(page.unknown):
            operators.append(hatch(boxes[name].shape, file.typeface))
        operators.extend(self._margin(file.typeface, page, continued))
        return "\n".join(operators)

    def _boxes_of(self, page: FormPage) -> dict[str, Box]:
        boxes = self._boxes.get(page.page)
        if boxes is None:
            raise LayoutError(f"{self._layout.name}: there is no page {page.page}")
        if not page.values.keys() <= boxes.keys() or not page.unknown <= boxes.keys():
            missing = min((page.values.keys() | page.unknown) - boxes.keys())
            raise LayoutError(f"{self._layout.name}: page {page.page} has no box {missing!r}")
        return boxes

    def _margin(
        self, typeface: Typeface, page: FormPage, continued: Sequence[str]
    ) -> Iterator[str]:
        anchors = self._layout.pages[page.page].anchors
        if page.mark:
            box, width = anchors["mark"], text_width(page.mark, "bold", MARK_SIZE) + 16
            shown = typeface.shown(page.mark, "bold", MARK_SIZE)
            colour = RED_OPERATOR.replace("rg", "RG")
            yield (
                f"q 1 w {colour} {box.x:g} {box.y:g} {width:.2f} {box.h:g} re S {RED_OPERATOR} "
                f"BT 1 0 0 1 {box.x + 8:.2f} {box.y + (box.h - 6) / 2:.2f} Tm {shown} ET Q"
            )
        anchor = anchors["notes"]
        y = anchor.y
        for note, weight, colour in (
            *((note, "semibold", RED_OPERATOR) for note in page.notes),
            *((note, "regular", "0 g") for note in continued),
        ):
            shown = typeface.shown(note, weight, NOTE_SIZE)
            yield f"{colour} BT 1 0 0 1 {anchor.x:.2f} {y:.2f} Tm {shown} ET 0 g"
            y -= NOTE_LEADING
        foot = anchors["footer"]
        shown = typeface.shown(page.footer, "regular", NOTE_SIZE)
        yield f"{GREY_OPERATOR} BT 1 0 0 1 {foot.x:.2f} {foot.y:.2f} Tm {shown} ET"
