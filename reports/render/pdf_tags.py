"""The structure tree of a file: headings, paragraphs, tables and figures in reading order.

Belongs here: the tags and how they are written. Does not belong here: which text has which tag
(the pages), or the other objects of a file (`pdf_file`).

A page that has tags marks each piece of its content with a number; the tag holds page and number.
Content without a tag is marked as an artifact: rules, headers, footers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.render.typeface import pdf_text

if TYPE_CHECKING:
    from reports.render.pdf_file import PdfFile


@dataclass
class Tag:
    """One element: its role, its words for readers who cannot see it, and what it holds."""

    role: str
    alt: str = ""
    scope: str = ""
    kids: list[Tag | tuple[int, int]] = field(default_factory=list)


class TagTree:
    """All tags of a file, and which pages have them."""

    def __init__(self) -> None:
        self.root = Tag("Document")
        self._pages: set[int] = set()

    def add_page(self, page: int) -> None:
        """Note that a page (counted from zero) marks its content."""
        self._pages.add(page)

    def page_entries(self, page: int) -> str:
        """What the page's own object says about tags."""
        return f"/StructParents {page}/Tabs/S" if page in self._pages else ""

    def write(self, file: PdfFile, page_numbers: Sequence[int]) -> str:
        """Add the tree to a file; returns the entries of the catalog."""
        if not self._pages:
            return ""
        owners: dict[int, dict[int, int]] = {page: {} for page in sorted(self._pages)}
        root = file.add(b"")
        document = self._element(file, self.root, root, page_numbers, owners)
        parents = "".join(
            f"{page}[{' '.join(f'{marked[mark]} 0 R' for mark in sorted(marked))}]"
            for page, marked in owners.items()
        )
        tree = file.add(f"<</Nums[{parents}]>>".encode("ascii"))
        body = f"<</Type/StructTreeRoot/K {document} 0 R/ParentTree {tree} 0 R>>"
        file.put(root, body.encode("ascii"))
        return f"/MarkInfo<</Marked true>>/StructTreeRoot {root} 0 R"

    def _element(
        self,
        file: PdfFile,
        tag: Tag,
        parent: int,
        page_numbers: Sequence[int],
        owners: dict[int, dict[int, int]],
    ) -> int:
        number = file.add_small()
        kids = []
        for kid in tag.kids:
            if isinstance(kid, Tag):
                kids.append(f"{self._element(file, kid, number, page_numbers, owners)} 0 R")
            else:
                page, mark = kid
                owners[page][mark] = number
                kids.append(f"<</Type/MCR/Pg {page_numbers[page]} 0 R/MCID {mark}>>")
        alt = f"/Alt{pdf_text(tag.alt)}" if tag.alt else ""
        scope = f"/A<</O/Table/Scope/{tag.scope}>>" if tag.scope else ""
        body = f"<</S/{tag.role}/P {parent} 0 R/K[{' '.join(kids)}]{alt}{scope}>>"
        file.put(number, body.encode("ascii"))
        return number
