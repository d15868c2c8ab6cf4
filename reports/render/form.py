"""Forms drawn from geometry data: each static page once, then one line of operators per copy.

Belongs here: shapes, boxes, marks, fonts and the PDF they make, for any form.
Does not belong here: which boxes a form has (geometry files), what they mean (lines.yml) or
where their values come from (the form's report module).

A static page is one Form XObject. Filling a copy writes bare text operators through
`addLiteral`, which is several times faster than drawing it again.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from reports.render.form_layout import FormPage, Layout, LayoutError, PageLayout, Shape
from reports.render.form_static import (
    DATA_SIZE,
    FONTS,
    LINE_FACTOR,
    baseline,
    draw_specimen,
    draw_static,
    font_name,
    text_width,
)

RED_OPERATOR: Final = "0.7059 0.1373 0.0941 rg"
GREY_OPERATOR: Final = "0.3725 0.4235 0.4706 rg"
LEAST_DATA_SIZE: Final = 8.0
NOTE_SIZE: Final = 8.0
MOST_KNOWN: Final = 50_000


def render_forms(layout: Layout, pages: Sequence[FormPage], title: str, subject: str) -> bytes:
    """The PDF of all pages, in order; the same pages give the same bytes."""
    if not pages:
        raise LayoutError(f"{layout.name}: there is no page to print")
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=layout.size, invariant=1, pageCompression=1, lang="en-US")
    canvas.setTitle(title)
    canvas.setSubject(subject)
    canvas.setCreator("benefits")
    canvas.setAuthor("benefits")
    pen = _Pen(canvas, layout)
    with _binary_streams():
        for page in pages:
            pen.draw(page)
        canvas.save()
    return buffer.getvalue()


@contextmanager
def _binary_streams() -> Iterator[None]:
    """Streams without base-85, which costs more time than the drawing itself."""
    before, rl_config.useA85 = rl_config.useA85, 0
    try:
        yield
    finally:
        rl_config.useA85 = before


class _Pen:
    """Everything that is drawn once per document, and the fast filling of each copy."""

    def __init__(self, canvas: Canvas, layout: Layout) -> None:
        self._canvas = canvas
        self._layout = layout
        self._forms: set[str] = set()
        self._known: dict[tuple[int, str, str], str] = {}
        self._hatches: dict[tuple[int, str], str] = {}
        self._fonts = {weight: self._font_operator(weight) for weight in FONTS}

    def draw(self, page: FormPage) -> None:
        """One copy: static drawing, then its values, then what stands in the margin."""
        template = self._layout.pages.get(page.page)
        if template is None:
            raise LayoutError(f"{self._layout.name}: there is no page {page.page}")
        for box in page.values.keys() | page.unknown:
            if box not in template.boxes:
                raise LayoutError(f"{self._layout.name}: page {page.page} has no box {box!r}")
        if page.is_specimen:
            self._once("specimen", lambda: draw_specimen(self._canvas, self._layout.size))
        self._once(f"page-{page.page}", lambda: draw_static(self._canvas, template))
        if page.bookmark:
            self._bookmark(page.bookmark)
        operators, notes = self._filled(template, page)
        operators.extend(self._margin(template, page, notes))
        self._canvas.addLiteral("\n".join(operators))
        self._canvas.showPage()

    def _once(self, name: str, drawing: Callable[[], None]) -> None:
        if name not in self._forms:
            self._forms.add(name)
            self._canvas.beginForm(name, 0, 0, *self._layout.size)
            drawing()
            self._canvas.endForm()
        self._canvas.doForm(name)

    def _bookmark(self, text: str) -> None:
        key = f"p{self._canvas.getPageNumber()}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(text, key, level=0)

    def _filled(self, template: PageLayout, page: FormPage) -> tuple[list[str], list[str]]:
        operators: list[str] = []
        continued: list[str] = []
        for name, value in page.values.items():
            if not value:
                continue
            box = template.boxes[name]
            if box.kind == "text":
                operators.append(self._text_value(box, value, continued))
            else:
                operators.append(self._repeated(page.page, box, value))
        operators.extend(
            self._unknown(page.page, template.boxes[name]) for name in sorted(page.unknown)
        )
        return operators, continued

    def _repeated(self, page: int, box: Shape, value: str) -> str:
        """A code, an amount or a cross: few distinct ones, so each is made once."""
        key = (page, box.box, value)
        known = self._known.get(key)
        if known is None:
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            known = self._known[key] = self._short_value(box, value)
        return known

    def _short_value(self, box: Shape, value: str) -> str:
        if box.kind == "check":
            return _cross(box)
        size = box.size or DATA_SIZE
        room = box.w - 4.0 - (5.0 if box.kind == "money" else 0.0)
        width = text_width(value, box.weight, size)
        if width > room:
            size = size * room / width
            width = room
        return self.text(_left(box, width), baseline(box, size), value, box.weight, size)

    def _text_value(self, box: Shape, value: str, continued: list[str]) -> str:
        size = box.size or DATA_SIZE
        room = box.w - 6.0
        width = text_width(value, box.weight, size)
        if width <= room:
            return self.text(_left(box, width), baseline(box, size), value, box.weight, size)
        if width * LEAST_DATA_SIZE / size <= room:
            size = size * room / width
            return self.text(box.x + 3, baseline(box, size), value, box.weight, size)
        size = LEAST_DATA_SIZE
        most = 1 if box.text else max(1, int((box.h - 4) // (size * LINE_FACTOR)))
        lines, rest = _wrap(value, box.weight, size, room, most)
        if rest:
            continued.append(f"{box.box.replace('_', ' ').capitalize()} (continued): {rest}")
        top = baseline(box, size) + (len(lines) - 1) * size * LINE_FACTOR
        return " ".join(
            self.text(box.x + 3, top - n * size * LINE_FACTOR, line, box.weight, size)
            for n, line in enumerate(lines)
        )

    def text(self, x: float, y: float, value: str, weight: str, size: float) -> str:
        """The operators that show a text at a point."""
        parts = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        for font, shown in self._encoded(value, weight):
            parts.append(f"{font} {size:g} Tf ({shown}) Tj")
        parts.append("ET")
        return " ".join(parts)

    def _encoded(self, value: str, weight: str) -> Iterable[tuple[str, str]]:
        if value.isascii() and value.isprintable():
            return ((self._fonts[weight], _escape(value)),)
        font = pdfmetrics.getFont(font_name(weight))
        document = self._canvas._doc
        return tuple(
            (font.getSubsetInternalName(subset, document), _escape(raw.decode("latin-1")))
            for subset, raw in font.splitString(value, document)
        )

    def _font_operator(self, weight: str) -> str:
        font = pdfmetrics.getFont(font_name(weight))
        font.splitString("0", self._canvas._doc)
        return str(font.getSubsetInternalName(0, self._canvas._doc))

    def _unknown(self, page: int, box: Shape) -> str:
        key = (page, box.box)
        if key not in self._hatches:
            x, y = box.x + box.w / 2, box.y + box.h / 2
            mark = self.text(
                x - text_width("?", "semibold", 9.5) / 2, y - 3.2, "?", "semibold", 9.5
            )
            self._hatches[key] = f"{_hatch(box)} {mark}"
        return self._hatches[key]

    def _margin(
        self, template: PageLayout, page: FormPage, continued: Sequence[str]
    ) -> Iterable[str]:
        if page.mark:
            yield self._mark(template.anchors["mark"], page.mark)
        anchor = template.anchors["notes"]
        y = anchor.y
        for note in page.notes:
            yield f"{RED_OPERATOR} {self.text(anchor.x, y, note, 'semibold', NOTE_SIZE)} 0 g"
            y -= NOTE_SIZE * 1.4
        for note in continued:
            yield self.text(anchor.x, y, note, "regular", NOTE_SIZE)
            y -= NOTE_SIZE * 1.4
        foot = template.anchors["footer"]
        yield f"{GREY_OPERATOR} {self.text(foot.x, foot.y, page.footer, 'regular', NOTE_SIZE)} 0 g"

    def _mark(self, box: Shape, mark: str) -> str:
        size = 8.5
        width = text_width(mark, "bold", size) + 16
        text = self.text(box.x + 8, box.y + (box.h - 6) / 2, mark, "bold", size)
        colour = RED_OPERATOR.replace("rg", "RG")
        return (
            f"q 1 w {colour} {box.x:g} {box.y:g} {width:.2f} {box.h:g} re S {RED_OPERATOR} {text} Q"
        )


def _left(box: Shape, width: float) -> float:
    if box.kind == "code" or box.align == "center":
        return box.x + (box.w - width) / 2
    if box.kind == "money" or box.align == "right":
        return box.x + box.w - width - 3
    return box.x + 3


def _wrap(value: str, weight: str, size: float, room: float, most: int) -> tuple[list[str], str]:
    """At most so many lines that fit, and what is left for the margin: nothing is ever cut."""
    lines: list[str] = []
    rest = value
    while rest and len(lines) < most:
        if text_width(rest, weight, size) <= room:
            lines.append(rest)
            return lines, ""
        last = len(lines) == most - 1
        line, rest = _split(rest, weight, size, room, " »" if last else "")
        lines.append(line)
    return lines, rest


def _split(value: str, weight: str, size: float, room: float, arrow: str) -> tuple[str, str]:
    """The words (at worst the letters) that fit, with an arrow where the rest stands elsewhere."""
    words = value.split(" ")
    kept = len(words) - 1
    while kept and text_width(" ".join(words[:kept]) + arrow, weight, size) > room:
        kept -= 1
    if kept:
        return " ".join(words[:kept]) + arrow, " ".join(words[kept:])
    letters = len(value) - 1
    while letters > 1 and text_width(value[:letters] + arrow, weight, size) > room:
        letters -= 1
    return value[:letters] + arrow, value[letters:]


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _cross(box: Shape) -> str:
    x, y, right, top = box.x + 2.5, box.y + 2.5, box.x + box.w - 2.5, box.y + box.h - 2.5
    return f"q 1.4 w {x:g} {y:g} m {right:g} {top:g} l {x:g} {top:g} m {right:g} {y:g} l S Q"


def _hatch(box: Shape) -> str:
    """Diagonal lines in the box, a gap in the middle for the question mark."""
    lines = []
    step, offset = 4.5, -box.h
    while offset < box.w:
        lines.append(
            f"{box.x + offset:g} {box.y:g} m {box.x + offset + box.h:g} {box.y + box.h:g} l"
        )
        offset += step
    middle, half = (box.x + box.w / 2, box.y + box.h / 2), min(6.0, box.w / 2, box.h / 2)
    gap = f"1 g {middle[0] - half:g} {middle[1] - half:g} {2 * half:g} {2 * half:g} re f 0 g"
    clip = f"{box.x + 0.5:g} {box.y + 0.5:g} {box.w - 1:g} {box.h - 1:g} re W n"
    return f"q {clip} 0.5 w 0.498 0.549 0.596 RG {' '.join(lines)} S {gap} Q"
