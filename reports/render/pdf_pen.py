"""Drawing on pages that are collected first and written last, so that each can say "n of m".

Belongs here: text, rules, boxes and small shapes as page operators, measured in the embedded
typeface. Does not belong here: what a page holds, or forms (`form`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from typing import Final

from reports.render.palette import INK, INK_2
from reports.render.pdf_file import PdfFile
from reports.render.pdf_tags import Tag
from reports.render.typeface import text_width

__all__ = ["Pen", "text_width", "wrapped"]

LETTER: Final = (612.0, 792.0)
LEAVES: Final = frozenset({"H1", "H2", "H3", "P", "TH", "TD", "Figure", "Note"})
ARTIFACT: Final = Tag("Artifact")
_BLANKS: Final = re.compile(r"[ \t]+")


@lru_cache(maxsize=256)
def rgb(color: str, opacity: float = 1.0) -> str:
    """The operands of a color; what is not opaque is mixed with the white paper."""
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return " ".join(f"{1 - (1 - part) * opacity:.3f}" for part in parts)


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

    def __init__(self, size: tuple[float, float], file: PdfFile) -> None:
        self.width, self.height = size
        self.file = file
        self.pages: list[list[str]] = []
        self._first = file.page_count
        self._at = -1
        self._bookmarks: list[list[str]] = []
        self._open: list[Tag | None] = []
        self._marks: list[int] = []
        self._tag = file.tags.root

    def new_page(self) -> None:
        """Begin a page; what follows is drawn on it."""
        self.pages.append([])
        self._bookmarks.append([])
        self._open.append(None)
        self._marks.append(0)
        self._at = len(self.pages) - 1
        self.file.tags.add_page(self._first + self._at)

    def on_page(self, number: int) -> None:
        """Go back to a page (counted from zero); what follows is drawn on it."""
        self._at = number

    @contextmanager
    def tag(self, role: str, alt: str = "", scope: str = "") -> Iterator[None]:
        """What is drawn within belongs to a new element of the structure tree."""
        with self.within(self.new_tag(role, alt, scope)):
            yield

    def new_tag(self, role: str, alt: str = "", scope: str = "") -> Tag:
        """An element under the present one, for what is drawn `within` it later."""
        if self._tag is ARTIFACT:
            return ARTIFACT
        tag = Tag(role, alt, scope)
        self._tag.kids.append(tag)
        return tag

    def artifact(self) -> AbstractContextManager[None]:
        """What is drawn within belongs to no element: headers, footers, what is said again."""
        return self.within(ARTIFACT)

    @contextmanager
    def within(self, tag: Tag) -> Iterator[None]:
        """What is drawn within belongs to an element that exists already."""
        before, self._tag = self._tag, tag
        try:
            yield
        finally:
            self._tag = before

    def bookmark(self, text: str) -> None:
        """A line of the reader's table of contents that leads to this page."""
        self._bookmarks[-1].append(text)

    def raw(self, operators: str) -> None:
        """Operators as they are."""
        page, tag = self.pages[self._at], self._tag
        tag = tag if tag.role in LEAVES else ARTIFACT
        if self._open[self._at] is not tag:
            self._switch(page, tag)
        page.append(operators)

    def _switch(self, page: list[str], tag: Tag) -> None:
        """End the marked content of one element and begin that of another."""
        if self._open[self._at] is not None:
            page.append("EMC")
        if tag is ARTIFACT:
            page.append("/Artifact BMC")
        else:
            mark = self._marks[self._at]
            self._marks[self._at] += 1
            tag.kids.append((self._first + self._at, mark))
            page.append(f"/{tag.role} <</MCID {mark}>> BDC")
        self._open[self._at] = tag

    def text(
        self,
        x: float,
        y: float,
        value: str,
        size: float,
        weight: str = "regular",
        color: str = INK,
        align: str = "left",
        is_broken: bool = False,
    ) -> float:
        """Write one line at a baseline and return its width.

        A line that goes on below ends in a blank nobody sees, so that its words stay apart when
        they are read out.
        """
        width = text_width(value, weight, size)
        value = f"{value} " if is_broken else value
        left = x - width if align == "right" else x - width / 2 if align == "center" else x
        self.raw(
            f"{rgb(color)} rg BT 1 0 0 1 {left:.2f} {y:.2f} Tm {self.shown(value, weight, size)} ET"
        )
        return width

    def lines(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        leading: float,
        size: float,
        weight: str = "regular",
        color: str = INK,
        align: str = "left",
    ) -> None:
        """Write lines of one text downwards from a baseline."""
        last = len(lines) - 1
        for number, line in enumerate(lines):
            self.text(x, y - number * leading, line, size, weight, color, align, number < last)

    def shown(self, value: str, weight: str, size: float) -> str:
        """The operators that show a text where the text matrix stands."""
        return self.file.typeface.shown(value, weight, size)

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

    def save(self) -> None:
        """Give the pages to the file."""
        for page, opened, bookmarks in zip(self.pages, self._open, self._bookmarks, strict=True):
            end = ["EMC"] if opened is not None else []
            self.file.add_page((self.width, self.height), "\n".join(page + end), bookmarks)
