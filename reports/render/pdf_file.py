"""One PDF file from its parts: pages of operators, drawings used again, fonts, bookmarks, facts.

Belongs here: objects, the page tree, the outline, the cross-reference table. Does not belong here:
what is drawn (`form`, `pdf_pen`) or how a text is written (`typeface`).

Written by us because the pages of a form are finished text operators: a library that builds each
page from objects takes several times as long. The same calls give the same bytes: no date, no
random id, one fixed compression.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reports.render.pdf_tags import TagTree
from reports.render.typeface import Typeface, pdf_text

HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
CATALOG, INFO, RESOURCES, FONTS = 1, 2, 3, 4
NODE: Final = 256
PACKED: Final = 256


@dataclass(frozen=True)
class Drawing:
    """A drawing that many pages use: its name, its size, its packed operators."""

    name: str
    size: tuple[float, float]
    content: bytes


def packed(content: bytes) -> bytes:
    """Content compressed: level 4 costs a third less time than 6 and half a percent more room."""
    return zlib.compress(content, 4)


def drawing(size: tuple[float, float], operators: str) -> Drawing:
    """Operators packed once, for any number of files; its name follows from them."""
    content = operators.encode("latin-1")
    return Drawing(f"X{hashlib.sha256(content).hexdigest()[:12]}", size, packed(content))


class PdfFile:
    """A file in the making: pages are added in order, `save` gives the bytes."""

    def __init__(
        self, title: str, subject: str, language: str, typeface: Typeface | None = None
    ) -> None:
        self.typeface = typeface or Typeface()
        self.tags = TagTree()
        self.page_count = 0
        self._title, self._subject, self._language = title, subject, language
        self._objects: list[bytes] = [b""] * FONTS
        self._small: list[int] = []
        self._packed: dict[int, tuple[int, int]] = {}
        self._drawings: dict[str, int] = {}
        self._nodes: list[tuple[int, list[int]]] = []
        self._bookmarks: list[tuple[str, int]] = []

    def add(self, body: bytes) -> int:
        """Add an object; returns its number."""
        self._objects.append(body)
        return len(self._objects)

    def add_small(self) -> int:
        """Take a number for one of very many small objects, which are stored together."""
        number = self.add(b"")
        self._small.append(number)
        return number

    def put(self, number: int, body: bytes) -> None:
        """Fill an object whose number was taken before."""
        self._objects[number - 1] = body

    def add_stream(self, entries: str, content: bytes) -> int:
        """Add a stream that is compressed already; returns its number."""
        head = f"<</Filter/FlateDecode/Length {len(content)}{entries}>>stream\n"
        return self.add(head.encode("ascii") + content + b"\nendstream")

    def draw_once(self, drawing: Drawing) -> str:
        """The operator that shows a drawing; it is stored the first time."""
        if drawing.name not in self._drawings:
            width, height = drawing.size
            entries = (
                f"/Type/XObject/Subtype/Form/BBox[0 0 {width:g} {height:g}]"
                f"/Resources<</Font {FONTS} 0 R>>"
            )
            self._drawings[drawing.name] = self.add_stream(entries, drawing.content)
        return f"/{drawing.name} Do"

    def add_page(
        self, size: tuple[float, float], operators: str, bookmarks: Sequence[str] = ()
    ) -> None:
        """Add a page; each bookmark leads to it."""
        if self.page_count % NODE == 0:
            self._nodes.append((self.add(b""), []))
        node, pages = self._nodes[-1]
        content = self.add_stream("", packed(operators.encode("latin-1")))
        tags = self.tags.page_entries(self.page_count)
        number = self.add(
            f"<</Type/Page/Parent {node} 0 R/MediaBox[0 0 {size[0]:g} {size[1]:g}]"
            f"/Resources {RESOURCES} 0 R/Contents {content} 0 R{tags}>>".encode("ascii")
        )
        pages.append(number)
        self.page_count += 1
        self._bookmarks.extend((text, number) for text in bookmarks)

    def save(self) -> bytes:
        """The finished file."""
        self.put(FONTS, self.typeface.embed(self))
        drawings = " ".join(f"/{name} {number} 0 R" for name, number in self._drawings.items())
        self.put(RESOURCES, f"<</Font {FONTS} 0 R/XObject<<{drawings}>>>>".encode("ascii"))
        facts = {"Title": self._title, "Subject": self._subject}
        facts |= dict.fromkeys(("Creator", "Author", "Producer"), "benefits")
        entries = "".join(f"/{key}{pdf_text(value)}" for key, value in facts.items())
        self.put(INFO, f"<<{entries}>>".encode("ascii"))
        numbers = [number for _, pages in self._nodes for number in pages]
        more = f"{self._outline()}{self.tags.write(self, numbers)}"
        self.put(
            CATALOG,
            f"<</Type/Catalog/Pages {self._page_tree()} 0 R/Lang{pdf_text(self._language)}"
            f"/ViewerPreferences<</DisplayDocTitle true>>{more}>>".encode("ascii"),
        )
        return self._joined()

    def _page_tree(self) -> int:
        root = len(self._objects) + 1
        for node, pages in self._nodes:
            kids = " ".join(f"{number} 0 R" for number in pages)
            body = f"<</Type/Pages/Parent {root} 0 R/Count {len(pages)}/Kids[{kids}]>>"
            self.put(node, body.encode("ascii"))
        kids = " ".join(f"{node} 0 R" for node, _ in self._nodes)
        return self.add(f"<</Type/Pages/Count {self.page_count}/Kids[{kids}]>>".encode("ascii"))

    def _outline(self) -> str:
        count = len(self._bookmarks)
        if not count:
            return ""
        root = len(self._objects) + 1
        self.add(
            f"<</Type/Outlines/First {root + 1} 0 R/Last {root + count} 0 R/Count {count}>>".encode(
                "ascii"
            )
        )
        for place, (text, page) in enumerate(self._bookmarks, root + 1):
            before = f"/Prev {place - 1} 0 R" if place > root + 1 else ""
            after = f"/Next {place + 1} 0 R" if place < root + count else ""
            self.add(
                f"<</Title{pdf_text(text)}/Parent {root} 0 R/Dest[{page} 0 R/Fit]"
                f"{before}{after}>>".encode("ascii")
            )
        return f"/Outlines {root} 0 R"

    def _joined(self) -> bytes:
        """Objects one after the other, the packed ones in streams of many, then where each lies."""
        self._pack()
        parts, position = [HEADER], len(HEADER)
        places = [(0, 0, 65535)] * (len(self._objects) + 2)
        for number, body in enumerate(self._objects, start=1):
            if number in self._packed:
                places[number] = (2, *self._packed[number])
                continue
            part = b"%d 0 obj\n%b\nendobj\n" % (number, body)
            places[number] = (1, position, 0)
            parts.append(part)
            position += len(part)
        content = b"".join(parts)
        name = hashlib.sha256(content).hexdigest()[:32]
        places[-1] = (1, position, 0)
        table = packed(
            b"".join(b"%c%b%b" % (k, a.to_bytes(6), b.to_bytes(2)) for k, a, b in places)
        )
        trailer = (
            f"{len(places) - 1} 0 obj\n<</Type/XRef/Size {len(places)}/W[1 6 2]/Root {CATALOG} 0 R"
            f"/Info {INFO} 0 R/ID[<{name}><{name}>]/Filter/FlateDecode/Length {len(table)}>>"
            "stream\n"
        )
        end = f"\nendstream\nendobj\nstartxref\n{position}\n%%EOF\n"
        return b"".join((content, trailer.encode("ascii"), table, end.encode("ascii")))

    def _pack(self) -> None:
        """Move the small objects of the structure tree into compressed streams of many."""
        numbers = list(self._small)
        for start in range(0, len(numbers), PACKED):
            group = numbers[start : start + PACKED]
            heads, position = [], 0
            for number in group:
                heads.append(f"{number} {position}")
                position += len(self._objects[number - 1]) + 1
            head = " ".join(heads).encode("ascii") + b"\n"
            body = b"\n".join(self._objects[number - 1] for number in group)
            entries = f"/Type/ObjStm/N {len(group)}/First {len(head)}"
            stream = self.add_stream(entries, packed(head + body))
            self._packed.update((number, (stream, place)) for place, number in enumerate(group))
