"""Where things stand on a form: shapes, boxes and pages read from geometry data.

Belongs here: the dataclasses of a drawn form and the reader of `geometry_<year>.csv`.
Does not belong here: drawing (form.py), or what a box means and where its value comes from
(each form's own lines.yml).

Columns of a geometry file: page, kind, box, x, y, w, h, text, size, weight, align, stroke.
Points, origin bottom left. Static kinds: rule, frame, tag, label. Data kinds: text, code,
money, check. Anchors: mark, notes, footer. `|` in text starts a new line; {year} is the year.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

STATIC_KINDS = frozenset({"rule", "frame", "tag", "label"})
DATA_KINDS = frozenset({"text", "code", "money", "check"})
ANCHOR_KINDS = frozenset({"mark", "notes", "footer"})
COLUMNS = ("page", "kind", "box", "x", "y", "w", "h", "text", "size", "weight", "align", "stroke")
PAGE_SIZE = (792.0, 612.0)


class LayoutError(ValueError):
    """Raised when a geometry file or a page's values do not fit the form."""


@dataclass(frozen=True)
class Shape:
    """One row of a geometry file: a static shape, a data box or an anchor."""

    kind: str
    box: str
    x: float
    y: float
    w: float
    h: float
    text: str
    size: float
    weight: str
    align: str
    stroke: float


@dataclass(frozen=True)
class PageLayout:
    """One printed page of a form: its static shapes, its data boxes by name, its anchors."""

    number: int
    shapes: tuple[Shape, ...]
    boxes: Mapping[str, Shape]
    anchors: Mapping[str, Shape]


@dataclass(frozen=True)
class Layout:
    """A whole form: name, page size and the page templates by number."""

    name: str
    size: tuple[float, float]
    pages: Mapping[int, PageLayout]


@dataclass(frozen=True)
class FormPage:
    """One page to print: which template, what stands in its boxes, what stands in the margin."""

    page: int
    values: Mapping[str, str]
    footer: str
    unknown: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    mark: str = ""
    is_specimen: bool = False
    bookmark: str = field(default="")


def load_layout(path: Path, name: str, year: int, size: tuple[float, float] = PAGE_SIZE) -> Layout:
    """The layout a geometry file describes, with {year} filled in."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows or tuple(rows[0]) != COLUMNS:
        raise LayoutError(f"{path.name}: columns must be {', '.join(COLUMNS)}")
    numbers = sorted({int(row["page"]) for row in rows})
    pages = {
        number: _page(path, number, (row for row in rows if int(row["page"]) == number), year)
        for number in numbers
    }
    return Layout(name=name, size=size, pages=pages)


def _page(path: Path, number: int, rows: Iterable[Mapping[str, str]], year: int) -> PageLayout:
    shapes: list[Shape] = []
    boxes: dict[str, Shape] = {}
    anchors: dict[str, Shape] = {}
    for row in rows:
        shape = _shape(path, row, year)
        if shape.kind in DATA_KINDS:
            if shape.box in boxes or not shape.box:
                raise LayoutError(f"{path.name}: box {shape.box!r} is not unique on page {number}")
            boxes[shape.box] = shape
        elif shape.kind in ANCHOR_KINDS:
            anchors[shape.kind] = shape
        else:
            shapes.append(shape)
    return PageLayout(number=number, shapes=tuple(shapes), boxes=boxes, anchors=anchors)


def _shape(path: Path, row: Mapping[str, str], year: int) -> Shape:
    kind = row["kind"]
    if kind not in STATIC_KINDS | DATA_KINDS | ANCHOR_KINDS:
        raise LayoutError(f"{path.name}: unknown kind {kind!r}")
    return Shape(
        kind=kind,
        box=row["box"],
        x=float(row["x"]),
        y=float(row["y"]),
        w=float(row["w"] or 0),
        h=float(row["h"] or 0),
        text=row["text"].replace("{year}", str(year)),
        size=float(row["size"] or 0),
        weight=row["weight"] or "regular",
        align=row["align"] or "left",
        stroke=float(row["stroke"] or 0.5),
    )
