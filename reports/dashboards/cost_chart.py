"""Monthly cost against budget as one Altair specification: columns, and budget as a stepped line.

Here: what the chart shows and how wide it is. Not here: rendering (`reports.render.charts`).
Names of the marks are stable: a page hides `label_other` where there is no room for every label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from reports.dashboards import figures
from reports.dashboards.chart_labels import LABEL_SIZES, align, clear, has_room, label_size
from reports.render.charts import FONT
from reports.render.palette import ADVERSE, BLUE, FAVORABLE, INK, INK_2, MUTED

GAP = 0.14
ANCHOR = {"left": GAP, "center": 0.5, "right": 1 - GAP}
HEADROOM = 1.12
PRINT_WIDTH, PRINT_HEIGHT = 338, 126
LABEL_ROOM = 64
PRINT_DIGIT, SCREEN_DIGIT = 0.54, 0.68
NARROW_ROOM = 16
MONTH_ROOM = 30
LEAST_THOUSANDS = 10_000
TOLERANCE = Decimal("0.01")


@dataclass(frozen=True)
class Column:
    """One month: its label, its cost and, where it has one, its budget."""

    label: str
    cost: Decimal
    budget: Decimal | None

    @property
    def variance(self) -> Decimal | None:
        """Cost less budget, nothing without a budget."""
        return None if self.budget is None else self.cost - self.budget


def scale_of(columns: Sequence[Column]) -> figures.Scale:
    """The unit of the labels: thousands or dollars, more digits only if the labels need them."""
    values = [column.variance for column in columns]
    known = [value for value in values if value is not None]
    parts = known if len(known) == len(columns) else [column.cost for column in columns]
    if max((column.cost for column in columns), default=Decimal(0)) < LEAST_THOUSANDS:
        scale = figures.DOLLARS
    else:
        places = 0 if max(abs(part) for part in parts) >= LEAST_THOUSANDS else 1
        scale = figures.Scale(Decimal(1000), places, "$ thousand")
    return figures.adding_up(scale, [(parts, sum(parts, Decimal(0)))])


def cost_chart(
    columns: Sequence[Column], width: int = PRINT_WIDTH, height: int = PRINT_HEIGHT
) -> dict[str, Any]:
    """The specification of the chart; drawn at another size by `at_size`."""
    scale = scale_of(columns)
    rows = [_row(position, column, columns, scale) for position, column in enumerate(columns)]
    return _spec(rows, width, height, is_named=True, digit=PRINT_DIGIT)


def at_size(
    spec: Mapping[str, Any],
    width: int,
    height: int,
    is_named: bool = True,
    digit: float = PRINT_DIGIT,
) -> dict[str, Any]:
    """The same chart at another size; without the name of the line where a caption has it.

    `digit` is the width of a digit in em: a screen's font is not known, so the widest is taken.
    """
    return _spec(list(spec["data"]["values"]), width, height, is_named, digit)


def _spec(
    rows: list[dict[str, Any]], width: int, height: int, is_named: bool, digit: float
) -> dict[str, Any]:
    has_budget = any(row["budget"] is not None for row in rows)
    rows = [row | {"clear": clear(rows, place)} for place, row in enumerate(rows)]
    room = LABEL_ROOM if has_budget and is_named else NARROW_ROOM
    top = max((row["top"] for row in rows), default=1) or 1
    domain = [0, max(len(rows), 1) * width / (width - room)]
    pitch = (width - room) / max(len(rows), 1)
    rows = [row | {"is_key": row["is_key"] and has_room(rows, row, pitch, digit)} for row in rows]
    layers = _layers(rows, has_budget, label_size(rows, pitch, digit), pitch < MONTH_ROOM)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "height": height,
        "padding": {"left": 1, "right": 1, "top": 2, "bottom": 26},
        "autosize": {"type": "none"},
        "background": "#FFFFFF",
        "config": {"font": FONT, "view": {"stroke": None}},
        "data": {"values": rows},
        "encoding": {
            "x": _axis_scale("left", domain),
            "y": _axis_scale("base", [0, top * HEADROOM]),
        },
        "layer": layers if is_named else [x for x in layers if x["name"] != "budget_name"],
    }


def _row(
    position: int, column: Column, columns: Sequence[Column], scale: figures.Scale
) -> dict[str, Any]:
    budget, variance = column.budget, column.variance
    base = column.cost if budget is None else min(column.cost, budget)
    return {
        "position": position,
        "left": position + GAP,
        "middle": position + 0.5,
        "right": position + 1 - GAP,
        "align": align(position, len(columns)),
        "anchor": position + ANCHOR[align(position, len(columns))],
        "month": column.label,
        "cost": float(column.cost),
        "budget": None if budget is None else float(budget),
        "base": float(base),
        "top": float(max(column.cost, budget or column.cost)),
        "over": variance is not None and variance > 0,
        "label": scale.text(column.cost) if variance is None else scale.change(variance),
        "tone": _tone(column),
        "is_key": _is_key(position, columns),
    }


def _tone(column: Column) -> str:
    if column.budget is None or column.variance is None:
        return INK_2
    if abs(column.variance) <= abs(column.budget) * TOLERANCE:
        return INK_2
    return ADVERSE if column.variance > 0 else FAVORABLE


def _is_key(position: int, columns: Sequence[Column]) -> bool:
    """First, last and the month of the largest step: the labels a narrow chart keeps."""
    values = [c.cost if c.variance is None else c.variance for c in columns]
    steps = [abs(after - before) for before, after in pairwise(values)]
    turning = steps.index(max(steps)) + 1 if steps else 0
    ends = (0, len(columns) - 1)
    return position in ends or (position == turning and min(abs(position - e) for e in ends) > 1)


def _axis_scale(field: str, domain: Sequence[float]) -> dict[str, Any]:
    scale = {"domain": list(domain), "nice": False, "zero": domain[0] == 0}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def _layers(
    rows: list[dict[str, Any]], has_budget: bool, size: int, is_tight: bool
) -> list[dict[str, Any]]:
    layers = [
        _bar("cost_within", BLUE, "base", 0),
        _bar("cost_over", ADVERSE, "cost", "budget", "datum.over"),
        _axis(len(rows)),
        _months(len(rows), is_tight),
        _labels("label_key", "datum.is_key", size or LABEL_SIZES[0], is_spread=not size),
        *([_labels("label_other", "!datum.is_key", size)] if size else []),
    ]
    if not has_budget:
        return layers
    halo, line = (
        _budget_line(rows, *look) for look in (("halo", "#FFFFFF", 5), ("budget", INK, 2))
    )
    return [*layers[:2], halo, line, *layers[2:], _budget_name(rows)]


def _bar(name: str, color: str, top: str, bottom: str | int, where: str = "true") -> dict[str, Any]:
    start: dict[str, Any] = {"datum": bottom} if isinstance(bottom, int) else {"field": bottom}
    return {
        "name": name,
        "transform": [{"filter": where}],
        "mark": {"type": "rect", "color": color},
        "encoding": {
            "x2": {"field": "right"},
            "y": {"field": top, "type": "quantitative"},
            "y2": start,
        },
    }


def _axis(count: int) -> dict[str, Any]:
    return {
        "name": "axis",
        "data": {"values": [{"from": 0, "to": count, "base": 0}]},
        "mark": {"type": "rule", "color": INK, "strokeWidth": 1},
        "encoding": {
            "x": {"field": "from", "type": "quantitative"},
            "x2": {"field": "to"},
        },
    }


def _months(count: int, is_tight: bool) -> dict[str, Any]:
    """Every month, or every other one up to the last where there is no room."""
    every = f"({count} - 1 - datum.position) % {2 if is_tight else 1} === 0"
    return {
        "name": "month",
        "transform": [{"filter": every}],
        "mark": {"type": "text", "baseline": "top", "dy": 8, "fontSize": 13, "color": MUTED},
        "encoding": {
            "x": {"field": "middle", "type": "quantitative"},
            "y": {"datum": 0},
            "text": {"field": "month", "type": "nominal"},
        },
    }


def _labels(name: str, where: str, size: int, is_spread: bool = False) -> dict[str, Any]:
    weight = {"expr": f"datum.tone === '{INK_2}' ? 400 : 600"}
    return {
        "name": name,
        "transform": [{"filter": where}],
        "mark": {
            "type": "text",
            "baseline": "bottom",
            "dy": -6,
            "fontSize": 13,
            "fontWeight": weight,
            "align": {"expr": "datum.align"} if is_spread else "center",
        },
        "encoding": {
            "x": {"field": "anchor" if is_spread else "middle", "type": "quantitative"},
            "y": {"field": "clear" if is_spread else "top", "type": "quantitative"},
            "text": {"field": "label", "type": "nominal"},
            "color": {"field": "tone", "type": "nominal", "scale": None},
        },
    }


def _budget_line(rows: list[dict[str, Any]], name: str, color: str, stroke: int) -> dict[str, Any]:
    points = [
        {"at": row["position"] + side, "budget": row["budget"], "order": 2 * row["position"] + side}
        for row in rows
        for side in (0, 1)
    ]
    return {
        "name": name,
        "data": {"values": points},
        "mark": {
            "type": "line",
            "color": color,
            "strokeWidth": stroke,
            "strokeJoin": "miter",
            "invalid": "break-paths-show-domains",
        },
        "encoding": {
            "x": {"field": "at", "type": "quantitative"},
            "y": {"field": "budget", "type": "quantitative"},
            "order": {"field": "order", "type": "quantitative"},
        },
    }


def _budget_name(rows: list[dict[str, Any]]) -> dict[str, Any]:
    last = [row for row in rows if row["budget"] is not None][-1]
    return {
        "name": "budget_name",
        "data": {"values": [{"at": last["position"] + 1, "budget": last["budget"]}]},
        "mark": {
            "type": "text",
            "text": "Budget",
            "align": "left",
            "baseline": "middle",
            "dx": 6,
            "fontSize": 13,
            "fontWeight": 600,
            "color": INK,
        },
        "encoding": {
            "x": {"field": "at", "type": "quantitative"},
            "y": {"field": "budget", "type": "quantitative"},
        },
    }
