"""Which labels of a column chart have room, where they stand, and at which size.

Here: the geometry of labels. Not here: the marks of a chart (`cost_chart`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

LABEL_SIZES = (13, 12)


def has_room(
    rows: Sequence[Mapping[str, Any]], row: Mapping[str, Any], pitch: float, digit: float
) -> bool:
    """Whether a label between the first and the last one touches neither."""
    if row["align"] != "center":
        return True
    em = LABEL_SIZES[0] * digit
    half = len(row["label"]) * em / 2
    left = (row["position"] + 0.5) * pitch - len(rows[0]["label"]) * em
    right = (len(rows) - row["position"] - 0.5) * pitch - len(rows[-1]["label"]) * em
    return bool(half + em <= min(left, right))


def clear(rows: Sequence[Mapping[str, Any]], place: int) -> float:
    """A height above the neighbours too, where a label is wider than its column."""
    return float(max(row["top"] for row in rows[max(0, place - 2) : place + 3]))


def align(position: int, count: int) -> str:
    """Where only a few labels stand, the first begins and the last ends at its column."""
    if count > 1 and position in (0, count - 1):
        return "left" if position == 0 else "right"
    return "center"


def label_size(rows: list[dict[str, Any]], pitch: float, digit: float) -> int:
    """The largest size at which every label fits its column; 0 where only a few can be shown."""
    longest = max((len(row["label"]) for row in rows), default=0)
    fitting = (size for size in LABEL_SIZES if longest * size * digit <= pitch - 2)
    return next(fitting, 0)
