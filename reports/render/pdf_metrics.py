"""The key numbers on a page: measure, actual, target, against target, trend, what changed.

Belongs here: the rows of a `Metrics` block and their small trend lines. Does not belong here:
tables of data.
"""

from __future__ import annotations

from typing import Final

from reports.model import Metric, Metrics
from reports.render.palette import ADVERSE, BLUE, FAVORABLE, INK, INK_2, LINE, PRIOR
from reports.render.pdf_page import Flow
from reports.render.pdf_pen import Pen, rgb, text_width, wrapped
from reports.render.words import number

ROW: Final = 21.0
FEWEST_POINTS: Final = 4
_ACTUAL, _TARGET, _AGAINST, _TREND, _NOTE = 0.365, 0.445, 0.458, 0.648, 0.768
_TREND_WIDTH: Final = 48.0


def draw_metrics(flow: Flow, block: Metrics) -> None:
    """The numbers as a table under the cursor."""
    if block.title:
        flow.pen.bookmark(block.title)
    flow.need(20 + 2 * ROW)
    with flow.pen.tag("Table"):
        with flow.pen.tag("TR"):
            _header(flow)
        for metric in block.metrics:
            with flow.pen.tag("TR"):
                _row(flow, metric)
    if block.note:
        flow.y -= 6
        flow.paragraph(block.note, 9, 12, color=INK_2)
    flow.y -= 18


def _x(flow: Flow, part: float) -> float:
    return flow.left + flow.width * part


def _header(flow: Flow) -> None:
    y = flow.y - 9
    for part, label, align in (
        (0.0, "Measure", "left"),
        (_ACTUAL, "Actual", "right"),
        (_TARGET, "Target", "right"),
        (_AGAINST, "Against target", "left"),
        (_TREND, "Trend", "left"),
        (_NOTE, "What changed", "left"),
    ):
        with flow.pen.tag("TH", scope="Column"):
            flow.pen.text(_x(flow, part), y, label, 9, "semibold", INK_2, align)
    flow.y -= 16
    flow.pen.rule(flow.left, flow.y, flow.width, 0.75, INK)


def _row(flow: Flow, metric: Metric) -> None:
    note = metric.note or metric.why_missing
    lines = wrapped(note, "regular", 9, flow.width * (1 - _NOTE)) if note else []
    room = flow.width * _ACTUAL - _actual_width(metric) - 10
    label = metric.label + (f" ({metric.tag})" if metric.tag else "")
    labels = wrapped(label, "regular", 10, room)
    height = ROW + 11 * (max(len(lines), len(labels), 1) - 1)
    flow.need(height)
    y = flow.y - 14.5
    with flow.pen.tag("TH", scope="Row"):
        flow.pen.lines(flow.left, y, labels, 11, 10)
    with flow.pen.tag("TD"):
        if metric.value is None:
            word = metric.status.replace("_", " ")
            flow.pen.outlined(_x(flow, _ACTUAL), y, word, 9, "right")
        else:
            flow.pen.text(_x(flow, _ACTUAL), y - 1, figure(metric), 13.5, "semibold", align="right")
    with flow.pen.tag("TD"):
        if metric.target_text:
            flow.pen.text(_x(flow, _TARGET), y, metric.target_text, 9, align="right")
    with flow.pen.tag("TD"):
        if metric.variance_text:
            _against(flow, metric, y)
    with flow.pen.tag("TD"), flow.pen.artifact():
        _trend(flow.pen, metric, _x(flow, _TREND), flow.y)
    with flow.pen.tag("TD"):
        flow.pen.lines(_x(flow, _NOTE), y, lines, 11, 9, color=INK_2)
    flow.y -= height
    flow.pen.rule(flow.left, flow.y, flow.width, 0.5, LINE)


def _actual_width(metric: Metric) -> float:
    if metric.value is None:
        return text_width(metric.status.replace("_", " "), "regular", 9) + 6
    return text_width(figure(metric), "semibold", 13.5)


def figure(metric: Metric) -> str:
    """The value in words: the report's, or made from its unit."""
    value = metric.value
    if metric.text or value is None:
        return metric.text
    exponent = 0 if isinstance(value, int) else value.as_tuple().exponent
    text = number(value, max(0, -int(exponent)))
    if metric.unit == "$":
        return text.replace("−", "−$") if text.startswith("−") else f"${text}"
    return f"{text}%" if metric.unit == "%" else f"{text} {metric.unit}".strip()


def _against(flow: Flow, metric: Metric, y: float) -> None:
    """Shape and words: up or down and red where worse, a dot in green where on target."""
    color = {True: ADVERSE, False: FAVORABLE, None: INK}[metric.is_adverse]
    x = _x(flow, _AGAINST)
    _shape(flow.pen, metric, x, y, color)
    size = 9.5
    room = flow.width * (_TREND - _AGAINST) - 12
    width = text_width(metric.variance_text, "semibold", size)
    size = size if width <= room else max(7.0, size * room / width)
    flow.pen.text(x + 9, y, metric.variance_text, size, "semibold", color)


def _shape(pen: Pen, metric: Metric, x: float, y: float, color: str) -> None:
    if metric.is_adverse:
        is_up = (metric.variance or 0) >= 0
        tip, base = (y + 6, y) if is_up else (y, y + 6)
        pen.raw(
            f"q {rgb(color)} rg {x:.2f} {base:.2f} m {x + 6:.2f} {base:.2f} l "
            f"{x + 3:.2f} {tip:.2f} l f Q"
        )
    else:
        dot(pen, x + 3, y + 3, 2.8, color, is_filled=metric.is_adverse is False)


def dot(pen: Pen, x: float, y: float, radius: float, color: str, is_filled: bool) -> None:
    """A small circle."""
    k = radius * 0.5523
    path = (
        f"{x + radius:.2f} {y:.2f} m "
        f"{x + radius:.2f} {y + k:.2f} {x + k:.2f} {y + radius:.2f} {x:.2f} {y + radius:.2f} c "
        f"{x - k:.2f} {y + radius:.2f} {x - radius:.2f} {y + k:.2f} {x - radius:.2f} {y:.2f} c "
        f"{x - radius:.2f} {y - k:.2f} {x - k:.2f} {y - radius:.2f} {x:.2f} {y - radius:.2f} c "
        f"{x + k:.2f} {y - radius:.2f} {x + radius:.2f} {y - k:.2f} {x + radius:.2f} {y:.2f} c"
    )
    paint = f"{rgb(color)} rg {path} f" if is_filled else f"{rgb(color)} RG 0.9 w {path} s"
    pen.raw(f"q {paint} Q")


def _trend(pen: Pen, metric: Metric, x: float, top: float) -> None:
    points = [(i, float(v)) for i, (_, v) in enumerate(metric.trend) if v is not None]
    if metric.value is None or len(points) < FEWEST_POINTS:
        return
    target = None if metric.target is None else float(metric.target)
    values = [v for _, v in points] + ([] if target is None else [target])
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    last = len(metric.trend) - 1

    def at(position: int, value: float) -> tuple[float, float]:
        return x + _TREND_WIDTH * position / last, top - 16 + 11 * (value - low) / span

    path = " ".join(
        f"{px:.2f} {py:.2f} {'l' if n else 'm'}"
        for n, (px, py) in enumerate(at(*point) for point in points)
    )
    if target is not None:
        y = at(0, target)[1]
        pen.raw(
            f"q {rgb(PRIOR)} RG 0.75 w [1.5 1.5] 0 d {x:.2f} {y:.2f} m "
            f"{x + _TREND_WIDTH:.2f} {y:.2f} l S Q"
        )
    pen.raw(f"q {rgb(BLUE)} RG 1.3 w 1 J 1 j {path} S Q")
    dot(pen, *at(*points[-1]), 2.4, BLUE, is_filled=True)
