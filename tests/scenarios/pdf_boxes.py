"""What stands in the boxes of a drawn form, read out of the finished PDF.

Belongs here: text by its place on the page, crosses and hatches by their strokes, matched to the
geometry. Does not belong here: what ought to stand there.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from pypdf import PageObject, PdfReader

from reports.render.form_layout import Layout, PageLayout, Shape

CROSS = re.compile(r"q 1\.4 w ([\d.]+) ([\d.]+) m")
HATCH = re.compile(r"q ([\d.]+) ([\d.]+) [\d.]+ [\d.]+ re W n")
LABEL_SIZE = 7.5


def boxes_of(content: bytes, layout: Layout) -> list[tuple[int, Mapping[str, str]]]:
    """For each page its template and the shown boxes; `?` is unknown, `X` a tick."""
    return [_page(page, layout) for page in PdfReader(io.BytesIO(content)).pages]


def _page(page: PageObject, layout: Layout) -> tuple[int, Mapping[str, str]]:
    texts: list[tuple[float, float, str]] = []

    def visit(text: str, _cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        if text.strip() and size > LABEL_SIZE:
            texts.append((tm[4], tm[5], text.strip()))

    plain = page.extract_text(visitor_text=visit)
    number = 3 if "Covered Individuals" in plain else 1
    template = layout.pages[number]
    found: dict[str, list[str]] = {}
    for x, y, text in texts:
        box = _box_at(template, x, y)
        if box is not None:
            found.setdefault(box.box, []).append(text)
    strokes = page.get_contents()
    drawn = "" if strokes is None else strokes.get_data().decode("latin-1")
    for pattern, mark in ((CROSS, "X"), (HATCH, "?")):
        for match in pattern.finditer(drawn):
            box = _box_at(template, float(match[1]) + 1, float(match[2]) + 1)
            if box is not None:
                found[box.box] = [mark]
    return number, {name: " ".join(found[name]) for name in template.boxes if name in found}


def _box_at(template: PageLayout, x: float, y: float) -> Shape | None:
    for box in template.boxes.values():
        if box.x <= x <= box.x + box.w and box.y <= y <= box.y + box.h:
            return box
    return None
