"""The drawing of a chart on a page: the SVG of one Altair specification as page operators.

Belongs here: the few SVG elements that the chart renderer writes (groups, paths, rectangles,
lines, text). Does not belong here: what a chart shows. Anything else is an error, never left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from reports.errors import RenderError
from reports.render.pdf_pen import Pen, rgb
from reports.render.typeface import text_width

_INHERITED: Final = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "font-size",
    "font-weight",
    "text-anchor",
    "stroke-linecap",
)
_TRANSFORM: Final = re.compile(r"(translate|rotate|scale|matrix)\(([^)]*)\)")
_TOKEN: Final = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_ARITY: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "A": 7, "Z": 0}
_NAMED: Final = {"white": "#FFFFFF", "black": "#000000"}
_PARTS: Final = {"clipPath", "defs", "title", "desc", "style"}


def svg_size(svg: str) -> tuple[float, float]:
    """Width and height of a chart in its own pixels."""
    root = etree.fromstring(svg.encode("utf-8"))
    return float(root.get("width", "0")), float(root.get("height", "0"))


def draw_svg(pen: Pen, svg: str, x: float, top: float, scale: float) -> None:
    """Draw a chart with its top left corner at a point of the page."""
    root = etree.fromstring(svg.encode("utf-8"))
    pen.raw(f"q {scale:.4f} 0 0 {-scale:.4f} {x:.2f} {top:.2f} cm")
    _draw(pen, root, {}, 1.0)
    pen.raw("Q")


def _draw(pen: Pen, element: etree._Element, inherited: Mapping[str, str], opacity: float) -> None:
    if not isinstance(element.tag, str):
        return
    tag = etree.QName(element).localname
    if tag in _PARTS:
        return
    given = {name: element.get(name) for name in _INHERITED}
    style = {**inherited, **{name: value for name, value in given.items() if value is not None}}
    opacity *= float(element.get("opacity", "1"))
    moved = _matrices(element.get("transform", ""))
    if moved:
        pen.raw("q " + " ".join(moved))
    if tag in ("svg", "g"):
        for child in element:
            _draw(pen, child, style, opacity)
    elif tag == "text":
        _text(pen, element, style, opacity)
    elif opacity > 0:
        _shape(pen, tag, element, style, opacity)
    if moved:
        pen.raw("Q")


def _matrices(transform: str) -> list[str]:
    found = []
    for kind, operands in _TRANSFORM.findall(transform):
        n = [float(part) for part in re.split(r"[ ,]+", operands.strip())]
        if kind == "translate":
            n = [1, 0, 0, 1, n[0], n[1] if len(n) > 1 else 0]
        elif kind == "scale":
            n = [n[0], 0, 0, n[-1], 0, 0]
        elif kind == "rotate":
            turn = math.radians(n[0])
            n = [math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), 0, 0]
        found.append(" ".join(f"{v:.4f}" for v in n) + " cm")
    return found


def _shape(
    pen: Pen, tag: str, element: etree._Element, style: Mapping[str, str], opacity: float
) -> None:
    fill = _color(style.get("fill", "#000000"), opacity * float(element.get("fill-opacity", "1")))
    stroke = _color(
        style.get("stroke", "none"), opacity * float(element.get("stroke-opacity", "1"))
    )
    path = _path(tag, element)
    if not path or not (fill or stroke):
        return
    if tag == "line":
        fill = ""
    parts = ["q"]
    if fill:
        parts.append(f"{fill} rg")
    if stroke:
        width = float(style.get("stroke-width", "1"))
        parts.append(f"{stroke} RG {width:g} w")
        dashes = style.get("stroke-dasharray", "none")
        if dashes and dashes != "none":
            parts.append(f"[{dashes.replace(',', ' ')}] 0 d")
        if style.get("stroke-linecap") == "round":
            parts.append("1 J")
    end = "B" if fill and stroke else "f" if fill else "S"
    pen.raw(" ".join([*parts, path, end, "Q"]))


def _color(name: str, opacity: float) -> str:
    if name in ("none", "transparent") or opacity <= 0:
        return ""
    value = _NAMED.get(name, name)
    if re.fullmatch(r"#[0-9A-Fa-f]{3}", value):
        value = "#" + "".join(2 * digit for digit in value[1:])
    found = re.fullmatch(r"rgba?\(([^)]*)\)", value)
    if found:
        numbers = [float(part) for part in found[1].split(",")]
        value = "#" + "".join(f"{round(part):02x}" for part in numbers[:3])
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise RenderError(f"a chart uses the paint {name!r}, which a page cannot show")
    return rgb(value, min(opacity, 1.0))


def _path(tag: str, element: etree._Element) -> str:
    def number(name: str) -> float:
        return float(element.get(name, "0"))

    if tag == "line":
        x1, y1, x2, y2 = (number(name) for name in ("x1", "y1", "x2", "y2"))
        return f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l"
    if tag == "rect":
        x, y, width, height = (number(name) for name in ("x", "y", "width", "height"))
        return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
    if tag == "path":
        return " ".join(_segments(element.get("d", "")))
    raise RenderError(f"a chart holds the element {tag!r}, which a page cannot show")


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    tokens = _TOKEN.findall(path)
    position, command = 0, ""
    while position < len(tokens):
        if tokens[position].isalpha():
            command = tokens[position]
            position += 1
        count = _ARITY.get(command.upper())
        if count is None:
            raise RenderError(f"a chart uses the path command {command!r}")
        yield command, [float(token) for token in tokens[position : position + count]]
        position += count
        if command in "Mm":
            command = "L" if command == "M" else "l"


def _segments(path: str) -> Iterator[str]:
    x = y = start_x = start_y = 0.0
    for command, n in _commands(path):
        kind, is_relative = command.upper(), command.islower()
        dx, dy = (x, y) if is_relative else (0.0, 0.0)
        if kind == "Z":
            x, y = start_x, start_y
            yield "h"
        elif kind == "A":
            end = (n[5] + dx, n[6] + dy)
            yield from _arc((x, y), end, n[0], n[1], bool(n[3]), bool(n[4]))
            x, y = end
        elif kind == "C":
            points = [n[i] + (dy if i % 2 else dx) for i in range(6)]
            yield " ".join(f"{p:.2f}" for p in points) + " c"
            x, y = points[4], points[5]
        elif kind == "Q":
            cx, cy, ex, ey = n[0] + dx, n[1] + dy, n[2] + dx, n[3] + dy
            yield (
                f"{x + 2 * (cx - x) / 3:.2f} {y + 2 * (cy - y) / 3:.2f} "
                f"{ex + 2 * (cx - ex) / 3:.2f} {ey + 2 * (cy - ey) / 3:.2f} {ex:.2f} {ey:.2f} c"
            )
            x, y = ex, ey
        else:
            x = n[0] + dx if kind != "V" else x
            y = (n[0] if kind == "V" else n[1]) + dy if kind != "H" else y
            yield f"{x:.2f} {y:.2f} {'m' if kind == 'M' else 'l'}"
            if kind == "M":
                start_x, start_y = x, y


def _arc(
    start: tuple[float, float],
    end: tuple[float, float],
    rx: float,
    ry: float,
    is_large: bool,
    is_sweep: bool,
) -> Iterator[str]:
    """An elliptic arc without rotation as Bézier curves of at most a quarter turn."""
    if rx == 0 or ry == 0 or start == end:
        yield f"{end[0]:.2f} {end[1]:.2f} l"
        return
    ux, uy = (start[0] - end[0]) / 2 / rx, (start[1] - end[1]) / 2 / ry
    length = math.hypot(ux, uy)
    if length > 1:
        rx, ry, ux, uy, length = rx * length, ry * length, ux / length, uy / length, 1.0
    factor = math.sqrt(max(0.0, 1 / length**2 - 1)) * (-1 if is_large == is_sweep else 1)
    cx = factor * uy * rx + (start[0] + end[0]) / 2
    cy = -factor * ux * ry + (start[1] + end[1]) / 2
    first = math.atan2((start[1] - cy) / ry, (start[0] - cx) / rx)
    last = math.atan2((end[1] - cy) / ry, (end[0] - cx) / rx)
    if is_sweep and last <= first:
        last += 2 * math.pi
    if not is_sweep and last >= first:
        last -= 2 * math.pi
    pieces = max(1, math.ceil(abs(last - first) / (math.pi / 2) - 1e-9))
    step = (last - first) / pieces
    k = 4 / 3 * math.tan(step / 4)
    for piece in range(pieces):
        a, b = first + piece * step, first + (piece + 1) * step
        points = (
            cx + rx * (math.cos(a) - k * math.sin(a)), cy + ry * (math.sin(a) + k * math.cos(a)),
            cx + rx * (math.cos(b) + k * math.sin(b)), cy + ry * (math.sin(b) - k * math.cos(b)),
            cx + rx * math.cos(b), cy + ry * math.sin(b),
        )  # fmt: skip
        yield " ".join(f"{p:.2f}" for p in points) + " c"


def _text(pen: Pen, element: etree._Element, style: Mapping[str, str], opacity: float) -> None:
    value = "".join(element.itertext())
    color = _color(style.get("fill", "#000000"), opacity * float(element.get("fill-opacity", "1")))
    if not value.strip() or not color:
        return
    size = float(style.get("font-size", "11px").removesuffix("px"))
    weight = "semibold" if style.get("font-weight", "400") in ("600", "700", "bold") else "regular"
    width = text_width(value, weight, size)
    anchor = style.get("text-anchor", "start")
    left = -width if anchor == "end" else -width / 2 if anchor == "middle" else 0.0
    x, y = float(element.get("x", "0")) + left, float(element.get("y", "0"))
    pen.raw(f"{color} rg BT 1 0 0 -1 {x:.2f} {y:.2f} Tm {pen.shown(value, weight, size)} ET")
