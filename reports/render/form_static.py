"""The static part of a form as operators: rules, frames, tags, labels, and the labels of boxes.

Belongs here: what is the same on every copy. Does not belong here: values (`form`), the typeface.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reports.render.form_layout import PageLayout, Shape
from reports.render.typeface import Typeface, text_width

SPECIMEN_GREY: Final = "0.9176 0.9216 0.9255 rg"
SPECIMEN_SIZE: Final = 96.0
SPECIMEN_SPACE: Final = 8.0
LABEL_SIZE: Final = 7.0
DATA_SIZE: Final = 9.5
LINE_FACTOR: Final = 1.16


def specimen(typeface: Typeface, size: tuple[float, float]) -> str:
    """The large grey word under the data of a specimen."""
    word = "SPECIMEN"
    width = text_width(word, "bold", SPECIMEN_SIZE) + SPECIMEN_SPACE * (len(word) - 1)
    shown = typeface.shown(word, "bold", SPECIMEN_SIZE)
    return (
        f"q {SPECIMEN_GREY} 0.9135 0.4067 -0.4067 0.9135 {size[0] / 2:g} {size[1] / 2:g} cm "
        f"BT {SPECIMEN_SPACE:g} Tc 1 0 0 1 {-width / 2:.2f} -34 Tm {shown} ET Q"
    )


def static(typeface: Typeface, template: PageLayout) -> str:
    """The rules, tags and labels of a page, and the labels of its boxes."""
    operators = [part for shape in template.shapes for part in _shape(typeface, shape)]
    for box in template.boxes.values():
        if box.kind == "check":
            operators.append(f"0.5 w {_rectangle(box)} S")
            continue
        if box.kind == "money":
            operators.append(_text(typeface, box.x + 3, baseline(box, DATA_SIZE), "$"))
        if box.text:
            operators.extend(_box_label(typeface, box))
    return "\n".join(operators)


def _text(
    typeface: Typeface,
    x: float,
    y: float,
    text: str,
    weight: str = "regular",
    size: float = LABEL_SIZE,
) -> str:
    return f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {typeface.shown(text, weight, size)} ET"


def _rectangle(shape: Shape) -> str:
    return f"{shape.x:g} {shape.y:g} {shape.w:g} {shape.h:g} re"


def _box_label(typeface: Typeface, box: Shape) -> Iterator[str]:
    number, _, words = box.text.partition(" ")
    top = box.y + box.h - LABEL_SIZE - 0.5
    x = box.x + 3
    if number.isdigit():
        yield _text(typeface, x, top, number, "bold")
        x += text_width(number, "bold", LABEL_SIZE) + 3
    else:
        words = box.text
    yield _text(typeface, x, top, words)


def _shape(typeface: Typeface, shape: Shape) -> Iterator[str]:
    if shape.kind == "rule":
        end = f"{shape.x + shape.w:g} {shape.y + shape.h:g}"
        yield f"{shape.stroke:g} w {shape.x:g} {shape.y:g} m {end} l S"
    elif shape.kind == "frame":
        yield f"{shape.stroke:g} w {_rectangle(shape)} S"
    elif shape.kind == "tag":
        yield f"{_rectangle(shape)} f 1 g"
        yield from _label(typeface, shape, shape.y + (shape.h - shape.size * 0.7) / 2)
        yield "0 g"
    else:
        yield from _label(typeface, shape, shape.y)


def _label(typeface: Typeface, shape: Shape, top: float) -> Iterator[str]:
    for position, line in enumerate(shape.text.split("|")):
        x = shape.x + _shift(shape, text_width(line, shape.weight, shape.size))
        y = top - position * shape.size * LINE_FACTOR
        if line:
            yield _text(typeface, x, y, line, shape.weight, shape.size)


def _shift(shape: Shape, width: float) -> float:
    if shape.align == "center":
        return (shape.w - width) / 2
    return shape.w - width if shape.align == "right" else 0.0


def baseline(box: Shape, size: float) -> float:
    """Where the text of a box stands."""
    if box.kind in {"code", "money"}:
        return box.y + (box.h - size * 0.66) / 2
    return box.y + 3.0
