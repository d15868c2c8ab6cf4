"""Numbers for the mail of a document that has none beside its table: a custom report's rows.

Belongs here: the head of an aggregate table as numbers and one bar chart. Does not belong here:
the mail itself (`reports.dashboards.mail`). The caller has checked that nothing is personal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from reports.dashboards import figures
from reports.dashboards.bar_chart import Bar, bar_chart
from reports.model import Chart, Document, Field, Metric, Metrics, Table

MOST_ROWS = 12
CHART_WIDTH = 536
NUMBERS = frozenset({"integer", "decimal", "money", "percent"})


def with_numbers(document: Document) -> Document:
    """Return the document with numbers to mail: its own, else the head of its first table."""
    tables = document.tables()
    if any(isinstance(block, Metrics) for block in document.blocks) or not tables:
        return document
    table = tables[0]
    labels = [field for field in table.fields if field.type not in NUMBERS]
    measures = [field for field in table.fields if field.type in NUMBERS]
    if not measures:
        return document
    rows = table.frame.head(MOST_ROWS).to_dicts()
    metrics = tuple(_metric(n, row, labels, measures) for n, row in enumerate(rows))
    numbers = Metrics("mailed_numbers", table.title, metrics)
    chart = _chart(table, metrics, measures[0])
    blocks = (*document.blocks, numbers, *((chart,) if chart else ()))
    period = document.request.period_label()
    return replace(document, verdict=f"{document.title}, {period}", blocks=blocks)


def _metric(
    number: int, row: Mapping[str, Any], labels: list[Field], measures: list[Field]
) -> Metric:
    first, rest = measures[0], measures[1:]
    label = ", ".join(str(row[field.name]) for field in labels if row[field.name] is not None)
    others = [f"{field.label} {_text(row[field.name], field)}" for field in rest]
    value = row[first.name]
    return Metric(
        name=f"row_{number}",
        label=label or first.label,
        value=None if value is None else Decimal(str(value)),
        status="not_measured" if value is None else "measured",
        text="" if value is None else _text(value, first),
        note="; ".join(others),
        why_missing="not known" if value is None else "",
    )


def _text(value: object, field: Field) -> str:
    if value is None:
        return "not known"
    amount = Decimal(str(value))
    if field.type == "money":
        return figures.money(amount)
    if field.type == "percent":
        return figures.percent(amount)
    return figures.number(amount, 0 if amount == amount.to_integral_value() else 1)


def _chart(table: Table, metrics: tuple[Metric, ...], field: Field) -> Chart | None:
    known = [(metric, Decimal(metric.value)) for metric in metrics if metric.value is not None]
    values = [value for _, value in known]
    if len(known) < 2 or min(values) < 0 or not max(values):
        return None
    plain = figures.Scale(Decimal(1), 0, "")
    scale = figures.money_scale(values) if field.type == "money" else plain
    largest = max(known, key=lambda pair: pair[1])[0]
    return Chart(
        name="mailed_chart",
        title=field.label,
        spec=bar_chart([Bar(m.label, value, None) for m, value in known], scale, CHART_WIDTH),
        alt=f"{field.label}: {largest.label} is the largest with {largest.text}",
        table=table.name,
        caption=f"{field.label}, {scale.words}" if scale.words else field.label,
    )
