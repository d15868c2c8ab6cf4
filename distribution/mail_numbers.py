"""Numbers for the mail of a document that has none beside its table: a custom report's rows.

Belongs here: the head of an aggregate table as numbers and one bar chart. Does not belong here:
the mail itself (`reports.dashboards.mail`). The caller has checked that nothing is personal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from reports.custom.declaration import NUMERIC
from reports.custom.words import figure, name_of, status_column
from reports.dashboards import figures
from reports.dashboards.bar_chart import Bar, bar_chart, names_fit
from reports.metric import MetricStatus
from reports.model import SUPPRESSED, Chart, Document, Field, Metric, Metrics, Table

MOST_ROWS = 12
CHART_WIDTH, ROW_HEIGHT = 536, 24
TOLD: dict[str, MetricStatus] = {"modelled": "modelled", "reported": "reported"}


def with_numbers(document: Document) -> Document:
    """Return the document with numbers to mail: its own, else the head of its first table.

    The sum of the first figure leads where the table has one. Rows beyond the most that a mail
    shows are counted in a note.
    """
    tables = document.tables()
    if any(isinstance(block, Metrics) for block in document.blocks) or not tables:
        return document
    table = tables[0]
    statuses = {status_column(field) for field in table.fields}
    labels = tuple(f for f in table.fields if f.type not in NUMERIC and f.name not in statuses)
    measures = [field for field in table.fields if field.type in NUMERIC]
    if not measures:
        return document
    rows = table.frame.head(MOST_ROWS).to_dicts()
    metrics = tuple(_metric(n, row, labels, measures) for n, row in enumerate(rows))
    chart = _chart(table, metrics, measures[0])
    leading = _leading(document, table, measures)
    numbers = Metrics("mailed_numbers", table.title, (*leading, *metrics))
    blocks = (*document.blocks, numbers, *((chart,) if chart else ()))
    return replace(document, blocks=blocks, notes=(*document.notes, *_beyond(table)))


def _beyond(table: Table) -> tuple[tuple[str, str], ...]:
    left = table.frame.height - MOST_ROWS
    if left <= 0:
        return ()
    verb = "stands" if left == 1 else "stand"
    return (("Rows", f"{figures.counted(left, 'more row')} {verb} in the attached file"),)


def _leading(document: Document, table: Table, measures: list[Field]) -> tuple[Metric, ...]:
    totals = {f.name: (table.totals or {}).get(f.name) for f in measures}
    if totals[measures[0].name] is None:
        return ()
    words = {status_column(f): _worst(table, f) for f in measures}
    row = totals | words
    label = ", ".join(part for part in (measures[0].label, document.subtitle) if part)
    return (replace(_metric(-1, row, (), measures), name="total", label=label),)


def _worst(table: Table, field: Field) -> str:
    column = status_column(field)
    found = set(table.frame[column].to_list()) if column in table.frame.columns else set()
    return next((word for word in TOLD if word in found), "measured")


def _metric(
    number: int, row: Mapping[str, Any], labels: tuple[Field, ...], measures: list[Field]
) -> Metric:
    first, value = measures[0], row[measures[0].name]
    status = str(row.get(status_column(first)) or "")
    others = [
        f"{field.label} {_told(row, field)}"
        for field in measures[1:]
        if row.get(field.name) is not None or not status.startswith(SUPPRESSED)
    ]
    return Metric(
        name=f"row_{number}",
        label=name_of(row, labels) or first.label,
        value=None if value is None else Decimal(str(value)),
        status=_status(status, value),
        text="" if value is None else figure(first, value),
        tag=TOLD.get(status, "") if value is not None else "",
        note="; ".join(others),
        why_missing=_why_missing(status) if value is None else "",
    )


def _status(status: str, value: object) -> MetricStatus:
    if value is None:
        return "suppressed" if status.startswith(SUPPRESSED) else "not_measured"
    return TOLD.get(status, "measured")


def _why_missing(status: str) -> str:
    words = status.removeprefix(f"{SUPPRESSED}: ") if status.startswith(SUPPRESSED) else "not known"
    return words[:1].upper() + words[1:]


def _told(row: Mapping[str, Any], field: Field) -> str:
    """A figure beside the first one, with its status where that is not just measured."""
    value = row.get(field.name)
    if value is None:
        return "not known"
    status = TOLD.get(str(row.get(status_column(field))), "")
    return figure(field, value) + (f" ({status})" if status else "")


def _chart(table: Table, metrics: tuple[Metric, ...], field: Field) -> Chart | None:
    known = [(metric, Decimal(metric.value)) for metric in metrics if metric.value is not None]
    values = [value for _, value in known]
    is_drawn = len(known) > 1 and min(values) >= 0 and max(values) > 0
    if not is_drawn or not names_fit([metric.label for metric, _ in known], CHART_WIDTH):
        return None
    plain = figures.Scale(Decimal(1), 0, "")
    scale = figures.money_scale(values) if field.type == "money" else plain
    largest = max(known, key=lambda pair: pair[1])[0]
    bars = [Bar(metric.label, value, None) for metric, value in known]
    return Chart(
        name="mailed_chart",
        title=field.label,
        spec=bar_chart(bars, scale, CHART_WIDTH, ROW_HEIGHT * len(bars)),
        alt=f"{field.label}: {largest.label} is the largest with {largest.text}",
        table=table.name,
        caption=f"{field.label}, {scale.words}" if scale.words else field.label,
    )
