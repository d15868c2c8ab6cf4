"""Where a value stands in its box: at its size, a little smaller, on more lines, never cut.

Belongs here: one box and one value to text operators, crosses, the hatch of an unknown box.
Does not belong here: pages (`form`), what a box means.
"""

from __future__ import annotations

from typing import Final

from reports.render.form_layout import Shape
from reports.render.form_static import DATA_SIZE, LINE_FACTOR, baseline
from reports.render.typeface import Typeface, escaped, text_width, widest

LEAST_DATA_SIZE: Final = 8.0
MOST_KNOWN: Final = 4096
PLAIN: Final = ("semibold", DATA_SIZE)
BACK: Final = "/S0 9.5 Tf"
CROSS_INSET: Final = 2.5


class Box:
    """One box of a page, with everything about it that does not depend on the value.

    The data font (`PLAIN`) is set once on each copy; what needs another font or size sets it and
    sets it back. Each value is a text object of its own, so that readers keep neighbours apart.
    """

    def __init__(self, shape: Shape, typeface: Typeface) -> None:
        self.shape = shape
        self.is_check = shape.kind == "check"
        self.cross = _cross(shape) if self.is_check else ""
        self._size = shape.size or DATA_SIZE
        self._is_plain = (shape.weight, self._size) == PLAIN
        self._is_text = shape.kind == "text"
        self._room = shape.w - (6.0 if self._is_text else 9.0 if shape.kind == "money" else 4.0)
        self._is_left = self._is_text and shape.align not in {"center", "right"}
        self._safe = int(self._room * 1000.0 / (widest(shape.weight) * self._size))
        self._start = f"BT 1 0 0 1 {shape.x + 3:.2f} {baseline(shape, self._size):.2f} Tm ("
        self._known: dict[str, str] = {}
        typeface.use(shape.weight)

    def filled(self, value: str, typeface: Typeface, continued: list[str]) -> str:
        """The operators of a value; what does not fit at the least size goes to the margin."""
        known = self._known.get(value)
        if known is not None:
            return known
        if not (value.isascii() and value.isprintable()):
            return self._placed(value, typeface, continued)
        count = len(continued)
        if self._is_left and self._is_plain and len(value) <= self._safe:
            known = f"{self._start}{escaped(value)}) Tj ET"
        else:
            known = self._placed(value, typeface, continued)
        if len(continued) == count:
            self._remember(value, known)
        return known

    def _remember(self, value: str, known: str) -> None:
        """Keep what was made of an ASCII value: it is the same in every file."""
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[value] = known

    def _placed(self, value: str, typeface: Typeface, continued: list[str]) -> str:
        shape, size = self.shape, self._size
        width = text_width(value, shape.weight, size)
        if width <= self._room:
            x = _left(shape, width)
            return self._text(typeface, x, baseline(shape, size), value, size)
        least = LEAST_DATA_SIZE if self._is_text else 0.0
        if width * least <= self._room * size:
            smaller = size * self._room / width
            x = shape.x + 3 if self._is_text else _left(shape, self._room)
            return self._text(typeface, x, baseline(shape, smaller), value, smaller)
        return self._wrapped(value, typeface, continued)

    def _wrapped(self, value: str, typeface: Typeface, continued: list[str]) -> str:
        shape, size = self.shape, LEAST_DATA_SIZE
        most = 1 if shape.text else max(1, int((shape.h - 4) // (size * LINE_FACTOR)))
        lines, rest = _wrap(value, shape.weight, size, self._room, most)
        if rest:
            continued.append(f"{shape.box.replace('_', ' ').capitalize()} (continued): {rest}")
        top = baseline(shape, size) + (len(lines) - 1) * size * LINE_FACTOR
        return " ".join(
            self._text(typeface, shape.x + 3, top - n * size * LINE_FACTOR, line, size)
            for n, line in enumerate(lines)
        )

    def _text(self, typeface: Typeface, x: float, y: float, value: str, size: float) -> str:
        place = f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"
        parts = typeface.parts(value, self.shape.weight)
        if (self.shape.weight, size) == PLAIN and [font for font, _ in parts] == ["/S0"]:
            return f"{place} ({parts[0][1]}) Tj ET"
        shown = " ".join(f"{font} {size:g} Tf ({text}) Tj" for font, text in parts)
        return f"{place} {shown} {BACK} ET"


def _left(shape: Shape, width: float) -> float:
    if shape.kind == "code" or shape.align == "center":
        return shape.x + (shape.w - width) / 2
    if shape.kind == "money" or shape.align == "right":
        return shape.x + shape.w - width - 3
    return shape.x + 3


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


def _cross(box: Shape) -> str:
    x, y = box.x + CROSS_INSET, box.y + CROSS_INSET
    right, top = box.x + box.w - CROSS_INSET, box.y + box.h - CROSS_INSET
    return f"q 1.4 w {x:g} {y:g} m {right:g} {top:g} l {x:g} {top:g} m {right:g} {y:g} l S Q"


def hatch(box: Shape, typeface: Typeface) -> str:
    """Diagonal lines in a box that is unknown, and a question mark in a gap in the middle."""
    lines = []
    step, offset = 4.5, -box.h
    while offset < box.w:
        lines.append(
            f"{box.x + offset:g} {box.y:g} m {box.x + offset + box.h:g} {box.y + box.h:g} l"
        )
        offset += step
    x, y = box.x + box.w / 2, box.y + box.h / 2
    half = min(6.0, box.w / 2, box.h / 2)
    gap = f"1 g {x - half:g} {y - half:g} {2 * half:g} {2 * half:g} re f 0 g"
    clip = f"{box.x + 0.5:g} {box.y + 0.5:g} {box.w - 1:g} {box.h - 1:g} re W n"
    left = x - text_width("?", *PLAIN) / 2
    mark = f"BT 1 0 0 1 {left:.2f} {y - 3.2:.2f} Tm {typeface.shown('?', *PLAIN)} ET"
    return f"q {clip} 0.5 w 0.498 0.549 0.596 RG {' '.join(lines)} S {gap} Q {mark}"
