"""The static part of a form, drawn once, and the measures of the embedded typeface.

Belongs here: fonts, rules, frames, tags and labels. Does not belong here: values (form.py).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

import font_source_sans_pro as source_sans  # type: ignore[import-untyped]
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from reports.render.form_layout import PageLayout, Shape

FONTS: Final = {"regular": "Regular", "semibold": "Semibold", "bold": "Bold"}
INK: Final = HexColor("#000000")
PAPER: Final = HexColor("#FFFFFF")
SPECIMEN_GREY: Final = HexColor("#EAEBEC")
LABEL_SIZE: Final = 7.0
DATA_SIZE: Final = 9.5
LINE_FACTOR: Final = 1.16


def text_width(text: str, weight: str, size: float) -> float:
    """Width of a text in points."""
    return _em_width(text, weight) * size / 1000.0


def font_name(weight: str) -> str:
    """The registered name of a weight of the embedded typeface."""
    name = f"SourceSans-{FONTS[weight]}"
    if name not in pdfmetrics.getRegisteredFontNames():
        path = Path(source_sans.font_directory) / f"SourceSansPro-{FONTS[weight]}.ttf"
        pdfmetrics.registerFont(TTFont(name, str(path), shapable=False))
    return name


@lru_cache(maxsize=65536)
def _em_width(text: str, weight: str) -> float:
    return float(pdfmetrics.getFont(font_name(weight)).stringWidth(text, 1000.0))


def draw_specimen(canvas: Canvas, size: tuple[float, float]) -> None:
    """The large grey word under the data of a specimen."""
    canvas.setFillColor(SPECIMEN_GREY)
    canvas.setFont(font_name("bold"), 96)
    canvas.translate(size[0] / 2, size[1] / 2)
    canvas.rotate(24)
    canvas.drawCentredString(0, -34, "SPECIMEN", charSpace=8)


def draw_static(canvas: Canvas, template: PageLayout) -> None:
    """Draw the rules, tags and labels of a page, and the labels of its boxes."""
    for shape in template.shapes:
        _draw_shape(canvas, shape)
    for box in template.boxes.values():
        if box.kind == "check":
            canvas.setLineWidth(0.5)
            canvas.rect(box.x, box.y, box.w, box.h)
        if box.kind == "money":
            canvas.setFont(font_name("regular"), LABEL_SIZE)
            canvas.drawString(box.x + 3, baseline(box, DATA_SIZE), "$")
        if box.text and box.kind != "check":
            _draw_box_label(canvas, box)


def _draw_box_label(canvas: Canvas, box: Shape) -> None:
    number, _, words = box.text.partition(" ")
    top = box.y + box.h - LABEL_SIZE - 0.5
    x = box.x + 3
    if number.isdigit():
        canvas.setFont(font_name("bold"), LABEL_SIZE)
        canvas.drawString(x, top, number)
        x += text_width(number, "bold", LABEL_SIZE) + 3
    else:
        words = box.text
    canvas.setFont(font_name("regular"), LABEL_SIZE)
    canvas.drawString(x, top, words)


def _draw_shape(canvas: Canvas, shape: Shape) -> None:
    canvas.setLineWidth(shape.stroke)
    if shape.kind == "rule":
        canvas.line(shape.x, shape.y, shape.x + shape.w, shape.y + shape.h)
    elif shape.kind == "frame":
        canvas.rect(shape.x, shape.y, shape.w, shape.h)
    else:
        _draw_label(canvas, shape)


def _draw_label(canvas: Canvas, shape: Shape) -> None:
    if shape.kind == "tag":
        canvas.setFillColor(INK)
        canvas.rect(shape.x, shape.y, shape.w, shape.h, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#FFFFFF"))
    canvas.setFont(font_name(shape.weight), shape.size)
    top = shape.y + (shape.h - shape.size * 0.7) / 2 if shape.kind == "tag" else shape.y
    for position, line in enumerate(shape.text.split("|")):
        width = text_width(line, shape.weight, shape.size)
        x = shape.x + _shift(shape, width)
        canvas.drawString(x, top - position * shape.size * LINE_FACTOR, line)
    canvas.setFillColor(INK)


def _shift(shape: Shape, width: float) -> float:
    if shape.align == "center":
        return (shape.w - width) / 2
    return shape.w - width if shape.align == "right" else 0.0


def baseline(box: Shape, size: float) -> float:
    if box.kind in {"code", "money"}:
        return box.y + (box.h - size * 0.66) / 2
    return box.y + 3.0
