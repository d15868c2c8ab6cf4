"""Small drawings inside a page: marks, sparks, bar cells. Hidden from readers: words say the same.

Here: shapes of fixed size as inline SVG. Not here: charts (one specification each), any wording.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reports.render import palette as c

SPARK_WIDTH, SPARK_HEIGHT, SPARK_ROOM = 120, 36, 5
LEAST_POINTS = 4
BAR_WIDTH, BAR_HEIGHT = 150, 14
_MARKS = {
    "up": '<path d="M5 1 10 10H0Z"/>',
    "down": '<path d="M5 10 0 1H10Z"/>',
    "on_target": '<circle cx="5" cy="5" r="4.6"/>',
    "information": '<circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" '
    'stroke-width="1.6"/>',
    "refused": '<path d="M.5.5h9v9h-9Z"/>',
    "warning": '<path d="M5 0 10 5 5 10 0 5Z"/>',
    "suppressed": '<g fill="none" stroke="currentColor" stroke-width="1.3">'
    '<circle cx="5" cy="5" r="4.2"/>'
    '<path d="m2 8 6-6"/></g>',
    "none": '<path d="M0 4.2h10v1.6H0Z"/>',
}


def _svg(width: int, height: int, body: str, css: str) -> str:
    return (
        f'<svg class="{css}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'aria-hidden="true" focusable="false">{body}</svg>'
    )


def mark(name: str) -> str:
    """A 10 px shape in the color of the words it stands before."""
    return _svg(10, 10, f'<g fill="currentColor">{_MARKS[name]}</g>', "mark")


def hatch() -> str:
    """The strip that stands in place of a trend that is not measured."""
    lines = "".join(f"M{x} 20 {x + 10} 0" for x in range(-6, SPARK_WIDTH, 6))
    body = f'<path d="{lines}" stroke="{c.PRIOR}" stroke-width="1" fill="none"/>'
    return _svg(SPARK_WIDTH - 8, 20, body, "spark")


def spark(trend: Sequence[Decimal | int | None], target: Decimal | int | None) -> str:
    """The line of a trend on its own scale with the target in it; nothing below four points."""
    known = [value for value in trend if value is not None]
    if len(known) < LEAST_POINTS:
        return ""
    ends = [*known, *([target] if target is not None else [])]
    low, high = float(min(ends)), float(max(ends))
    places = [_place(i, value, len(trend), low, high) for i, value in enumerate(trend)]
    last = next(place for place in reversed(places) if place)
    dotted = "" if target is None else _target_line(_height(float(target), low, high))
    line = f'<path d="{_path(places)}" fill="none" stroke="{c.BLUE}" stroke-width="1.75"/>'
    dot = f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="3.2" fill="{c.BLUE}"/>'
    return _svg(SPARK_WIDTH, SPARK_HEIGHT, dotted + line + dot, "spark")


def _place(
    index: int, value: Decimal | int | None, count: int, low: float, high: float
) -> tuple[float, float] | None:
    if value is None:
        return None
    across = SPARK_ROOM + index * (SPARK_WIDTH - 2 * SPARK_ROOM) / max(count - 1, 1)
    return across, _height(float(value), low, high)


def _height(value: float, low: float, high: float) -> float:
    share = 0.5 if high == low else (value - low) / (high - low)
    return SPARK_HEIGHT - SPARK_ROOM - share * (SPARK_HEIGHT - 2 * SPARK_ROOM)


def _path(places: Sequence[tuple[float, float] | None]) -> str:
    known = [place for place in places if place is not None]
    return "M" + "L".join(f"{across:.1f} {height:.1f}" for across, height in known)


def _target_line(height: float) -> str:
    return (
        f'<path d="M0 {height:.1f}H{SPARK_WIDTH}" stroke="{c.INK}" stroke-width="1" '
        'stroke-dasharray="2 3" fill="none"/>'
    )


def bar(value: Decimal, low: Decimal, high: Decimal, color: str) -> str:
    """A bar from the zero line that every bar of the column shares."""
    span = float(high - low) or 1.0
    zero = float(-low) / span * (BAR_WIDTH - 2) + 1
    length = abs(float(value)) / span * (BAR_WIDTH - 2)
    left = zero if value >= 0 else zero - length
    body = (
        f'<rect x="{left:.1f}" y="1" width="{max(length, 0.8 if value else 0):.1f}" '
        f'height="{BAR_HEIGHT - 2}" fill="{color}"/>'
        f'<path d="M{zero:.1f} 0V{BAR_HEIGHT}" stroke="{c.INK}" stroke-width="1"/>'
    )
    return _svg(BAR_WIDTH, BAR_HEIGHT, body, "")
