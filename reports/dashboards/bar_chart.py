"""Horizontal bars of parts, largest first, the comparison as an ink tick: one specification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reports.dashboards import figures
from reports.render.charts import FONT
from reports.render.palette import BLUE, INK, INK_2
from reports.render.typeface import text_width

PRINT_WIDTH, PRINT_HEIGHT = 338, 152
MOST_ROW = 30
NAME_SHARE, MOST_NAME_SHARE = 0.3, 0.54
NAME_SIZE, GAP = 13, 10


@dataclass(frozen=True)
class Bar:
    """One part: its name, value and, where it has one, what it is compared with."""

    name: str
    value: Decimal
    comparison: Decimal | None


def bar_chart(
    bars: Sequence[Bar],
    scale: figures.Scale,
    width: int = PRINT_WIDTH,
    height: int = PRINT_HEIGHT,
) -> dict[str, Any]:
    """The specification: names left, bars from one zero line, values at their ends.

    The names have the room of the longest, up to nearly half the width.
    """
    largest = max((v for b in bars for v in (b.value, b.comparison or b.value)), default=Decimal(1))
    full = float(largest or 1)
    rows = [_row(position, bar, scale) for position, bar in enumerate(bars)]
    share = _name_share([bar.name for bar in bars], width)
    domain = [-full * share / (0.85 - share), full * (1 + 0.15 / (0.85 - share))]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "usermeta": {"rows": len(bars)},
        "width": width,
        "height": min(height, MOST_ROW * max(len(bars), 1)),
        "padding": 1,
        "autosize": {"type": "none"},
        "background": "#FFFFFF",
        "config": {"font": FONT, "view": {"stroke": None}},
        "data": {"values": rows},
        "encoding": {"y": _position(len(bars)), "x": _amount("value", domain)},
        "layer": [
            _name(domain[0], int(share * width) - 1),
            {"name": "bar", "mark": _bar_mark(), "encoding": {"x2": {"field": "zero"}}},
            _tick(domain),
            _value(domain),
        ],
    }


def _row(position: int, bar: Bar, scale: figures.Scale) -> dict[str, Any]:
    end = bar.value if bar.comparison is None else max(bar.value, bar.comparison)
    return {
        "position": position + 0.5,
        "name": bar.name,
        "value": float(bar.value),
        "comparison": None if bar.comparison is None else float(bar.comparison),
        "end": float(end),
        "zero": 0,
        "label": scale.text(bar.value),
    }


def _position(count: int) -> dict[str, Any]:
    scale = {"domain": [0, max(count, 1)], "reverse": True, "nice": False}
    return {"field": "position", "type": "quantitative", "axis": None, "scale": scale}


def _amount(field: str, domain: Sequence[float]) -> dict[str, Any]:
    scale = {"domain": list(domain), "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def _bar_mark() -> dict[str, Any]:
    return {"type": "bar", "color": BLUE, "size": 12, "orient": "horizontal"}


def names_fit(names: Sequence[str], width: int = PRINT_WIDTH) -> bool:
    """Whether every name has room beside its bar; a name is never cut."""
    room = MOST_NAME_SHARE * width - GAP
    return all(text_width(name, "regular", NAME_SIZE) <= room for name in names)


def _name_share(names: Sequence[str], width: int) -> float:
    widest = max((text_width(name, "regular", NAME_SIZE) for name in names), default=0.0)
    return min(max(NAME_SHARE, (widest + GAP) / width), MOST_NAME_SHARE)


def _name(left: float, limit: int) -> dict[str, Any]:
    return {
        "name": "name",
        "transform": [{"calculate": str(left), "as": "left"}],
        "mark": {
            "type": "text",
            "align": "left",
            "fontSize": NAME_SIZE,
            "color": INK,
            "limit": limit,
        },
        "encoding": {
            "x": {"field": "left", "type": "quantitative"},
            "text": {"field": "name", "type": "nominal"},
        },
    }


def _tick(domain: Sequence[float]) -> dict[str, Any]:
    return {
        "name": "comparison",
        "transform": [{"filter": "isValid(datum.comparison)"}],
        "mark": {"type": "tick", "color": INK, "thickness": 2, "size": 18, "orient": "vertical"},
        "encoding": {"x": _amount("comparison", domain)},
    }


def _value(domain: Sequence[float]) -> dict[str, Any]:
    return {
        "name": "value",
        "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": 13, "color": INK_2},
        "encoding": {
            "x": _amount("end", domain),
            "text": {"field": "label", "type": "nominal"},
        },
    }
