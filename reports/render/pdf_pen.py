"""Drawing on pages that are collected first and written last, so that each can say "n of m".

Belongs here: text, rules, boxes and small shapes as page operators, measured in the embedded
typeface. Does not belong here: what a page holds, or forms (`form`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from reports.errors import RenderError
from reports.render.form_static import FONTS, font_name, text_width
from reports.render.palette import INK, INK_2

__all__ = ["Pen", "text_width", "wrapped"]

LETTER: Final = (612.0, 792.0)
_BLANKS: Final = re.compile(r"[ \t]+")


@lru_cache(maxsize=256)
def rgb(color: str, opacity: float = 1.0) -> str:
    """The operands of a color; what is not opaque is mixed with the white paper."""
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return " ".join(f"{1 - (1 - part) * opacity:.3f}" for part in parts)


def escaped(text: str) -> str:
    """Text between the parentheses of a string operand."""
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def wrapped(text: str, weight: str, size: float, room: float) -> list[str]:
    """The lines of a text in a width: broken at spaces, at worst between letters, never cut."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in _BLANKS.split(paragraph.strip()):
            joined = f"{line} {word}" if line else word
            if text_width(joined, weight, size) <= room:
                line = joined
                continue
            if line:
                lines.append(line)
            *full, line = _letters(word, weight, size, room)
            lines.extend(full)
        lines.append(line)
    return lines


def _letters(word: str, weight: str, size: float, room: float) -> Iterator[str]:
    while text_width(word, weight, size) > room and len(word) > 1:
        count = max(1, int(len(word) * room / text_width(word, weight, size)))
        while count > 1 and text_width(word[:count], weight, size) > room:
            count -= 1
        yield word[:count]
        word = word[count:]
    yield word


class Pen:
    """One PDF in the making; every page is a list of operators until `save`."""

    def __init__(self, size: tuple[float, float], title: str, subject: str, language: str) -> None:
        self.width, self.height = size
        self._buffer = io.BytesIO()
        self._canvas = Canvas(
            self._buffer, pagesize=size, invariant=1, pageCompression=1, lang=language
        )
        self._canvas.setTitle(title)
        self._canvas.setSubject(subject)
        self._canvas.setCreator("benefits")
        self._canvas.setAuthor("benefits")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self.pages: list[list[str]] = []
        self._bookmarks: list[list[str]] = []
        self._fonts = {weight: self._font_operator(weight) for weight in FONTS}
        self._glyphs = pdfmetrics.getFont(font_name("regular")).face.charToGlyph

    def new_page(self) -> None:
        """Begin a page; what follows is drawn on it."""
        self.pages.append([])
        self._bookmarks.append([])

    def bookmark(self, text: str) -> None:
        """A line of the reader's table of contents that leads to this page."""
        self._bookmarks[-1].append(text)

    def raw(self, operators: str) -> None:
        """Operators as they are."""
        self.pages[-1].append(operators)

    def text(
        self,
        x: float,
        y: float,
        value: str,
        size: float,
        weight: str = "regular",
        color: str = INK,
        align: str = "left",
    ) -> float:
        """Write one line at a baseline and return its width."""
        width = text_width(value, weight, size)
        left = x - width if align == "right" else x - width / 2 if align == "center" else x
        self.raw(
            f"{rgb(color)} rg BT 1 0 0 1 {left:.2f} {y:.2f} Tm {self.shown(value, weight, size)} ET"
        )
        return width

    def shown(self, value: str, weight: str, size: float) -> str:
        """The operators that show a text where the text matrix stands."""
        if value.isascii() and value.isprintable():
            return f"{self._fonts[weight]} {size:g} Tf ({escaped(value)}) Tj"
        self._refuse_unknown(value)
        font = pdfmetrics.getFont(font_name(weight))
        document = self._canvas._doc
        return " ".join(
            f"{font.getSubsetInternalName(subset, document)} {size:g} Tf "
            f"({escaped(raw.decode('latin-1'))}) Tj"
            for subset, raw in font.splitString(value, document)
        )

    def _refuse_unknown(self, value: str) -> None:
        for character in value:
            if ord(character) not in self._glyphs:
                raise RenderError(
                    f"the typeface of the pages has no glyph for U+{ord(character):04X}, "
                    "so nothing can be written as pdf; take another format"
                )

    def rule(self, x: float, y: float, width: float, weight: float, color: str) -> None:
        """A horizontal line."""
        self.raw(f"q {rgb(color)} RG {weight:g} w {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S Q")

    def box(self, x: float, y: float, width: float, height: float, color: str, fill: bool) -> None:
        """A rectangle, filled or drawn with a 1 pt line."""
        operator = f"{rgb(color)} rg" if fill else f"{rgb(color)} RG 1 w"
        end = "f" if fill else "S"
        self.raw(f"q {operator} {x:.2f} {y:.2f} {width:.2f} {height:.2f} re {end} Q")

    def outlined(self, x: float, y: float, word: str, size: float, align: str = "left") -> None:
        """A word in a dashed outline: what is not known."""
        width = text_width(word, "regular", size) + 6
        left = x - width if align == "right" else x
        self.raw(
            f"q {rgb(INK_2)} RG 0.6 w [2 1.5] 0 d {left:.2f} {y - 2.4:.2f} {width:.2f} "
            f"{size + 2.2:.2f} re S Q"
        )
        self.text(left + 3, y, word, size, color=INK_2)

    def save(self) -> bytes:
        """The finished file."""
        with _binary_streams():
            for page, bookmarks in zip(self.pages, self._bookmarks, strict=True):
                for number, text in enumerate(bookmarks):
                    key = f"p{self._canvas.getPageNumber()}-{number}"
                    self._canvas.bookmarkPage(key)
                    self._canvas.addOutlineEntry(text, key, level=0)
                self._canvas.addLiteral("\n".join(page))
                self._canvas.showPage()
            self._canvas.save()
        return self._buffer.getvalue()

    def _font_operator(self, weight: str) -> str:
        font = pdfmetrics.getFont(font_name(weight))
        font.splitString("0", self._canvas._doc)
        return str(font.getSubsetInternalName(0, self._canvas._doc))


@contextmanager
def _binary_streams() -> Iterator[None]:
    """Streams without base-85, which costs more time than the drawing itself."""
    before, rl_config.useA85 = rl_config.useA85, 0
    try:
        yield
    finally:
        rl_config.useA85 = before
