"""The tables of the executive page that are not about cost: numbers, attention, compliance.

Here: which columns stand in which order. Not here: how a table is drawn (renderers,
`executive_page`).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from reports.dashboards import figures, headings
from reports.dashboards.executive_rows import Rows
from reports.model import SUPPRESSED, Cell, Field, Metric, Table


def numbers(all_metrics: Sequence[Metric]) -> Table:
    """The numbers as rows, for formats that carry only tables."""
    frame = pl.DataFrame(
        {
            "metric_id": [m.name for m in all_metrics],
            "metric": [m.label for m in all_metrics],
            "value": [None if m.value is None else Decimal(m.value) for m in all_metrics],
            "unit": [m.unit or None for m in all_metrics],
            "target": [None if m.target is None else Decimal(m.target) for m in all_metrics],
            "against": [m.variance_text or None for m in all_metrics],
            "status": [m.status for m in all_metrics],
            "why": [_reason(m) for m in all_metrics],
        },
        schema_overrides={"value": pl.Decimal(38, 2), "target": pl.Decimal(38, 2)},
    )
    fields = (
        Field("metric_id", "Metric id", "identifier"),
        Field("metric", "Measure"),
        Field("value", "Actual", "decimal", places=2, reason="why"),
        Field("unit", "Unit", null="blank"),
        Field("target", "Target", "decimal", null="not_applicable", places=2),
        Field("against", "Against target or before", null="blank"),
        Field("status", "Status"),
        Field("why", "Why not measured", null="blank"),
    )
    return Table("numbers", "The numbers", fields, frame, formats=("csv", "xml", "json"))


def _reason(metric: Metric) -> str | None:
    if metric.status == SUPPRESSED:
        return f"{SUPPRESSED}: {metric.why_missing}"
    return metric.why_missing or None


def attention(rows: Rows) -> Table:
    """Open findings and feeds below their level, most severe first, with data quality."""
    frame = _with_quality(rows).with_columns(pl.lit(None, pl.String).alias("reason"))
    fields = (
        Field("severity", "Severity"),
        Field("item_name", "Finding"),
        Field("size_words", "Size"),
        Field("owner", "Owner"),
    )
    note = headings.attention_note(
        frame, figures.day(rows.facts.as_of), figures.month(rows.period_end)
    )
    return Table(
        "attention",
        headings.attention(frame),
        fields,
        frame,
        note=note,
        question="What is open, most severe first",
    )


def _size(size: int, size_of: int, unit: str) -> str:
    """3 of 31 days, 23 of 3,120 checked."""
    both = f"{figures.number(Decimal(size))} of {figures.number(Decimal(size_of))}"
    return f"{both} {'days' if unit == 'day' else 'checked'}"


def _with_quality(rows: Rows) -> pl.DataFrame:
    words = [_size(*row) for row in rows.attention.select("size", "size_of", "size_unit").rows()]
    shown = rows.attention.with_columns(pl.Series("size_words", words, dtype=pl.String)).select(
        "severity", "item_name", "law", "size_words", "owner"
    )
    severity = {"C": "Medium", "D": "High", "E": "Critical", "F": "Critical"}.get(rows.facts.grade)
    if severity is None:
        return shown
    quality = pl.DataFrame(
        [
            [
                severity,
                f"Data quality is grade {rows.facts.grade} (A is best)",
                None,
                "See the certificate",
                "Benefits Admin",
            ]
        ],
        schema=shown.schema,
        orient="row",
    )
    order = {"Critical": 0, "High": 1, "Medium": 2, "Low": 3}
    both = pl.concat([shown, quality])
    rank = pl.col("severity").replace_strict(order, default=4, return_dtype=pl.Int32)
    return both.sort(rank, maintain_order=True)


def compliance(rows: Rows) -> Table:
    """What is open by law, as of the data date."""
    frame = rows.compliance.with_columns(
        pl.when(pl.col("rules_evaluated") == 0)
        .then(pl.lit("no rule could be evaluated"))
        .alias("reason"),
        pl.when(pl.col("compliance_score").is_null())
        .then(pl.lit("no rule of law or plan terms could be evaluated"))
        .alias("reason_score"),
        pl.format("{} of {}", "rules_evaluated", "rules").alias("rules_words"),
    )
    fields = (
        Field("compliance_type", "Law"),
        Field("compliance_status", "Status"),
        Field("open_violations", "Open", "integer", reason="reason"),
        Field("critical_violations", "Critical", "integer", reason="reason"),
        Field("compliance_score", "Score, 0 to 100", "decimal", places=1, reason="reason_score"),
        Field("rules_words", "Rules evaluated"),
    )
    return Table(
        "compliance_by_law",
        headings.compliance(frame),
        fields,
        frame,
        note=f"As of {figures.day(rows.facts.as_of)}; totals leave out what is not measured",
        totals=_law_totals(frame),
        question="What is open by law",
    )


def _law_totals(frame: pl.DataFrame) -> dict[str, Cell]:
    totals: dict[str, Cell] = {"compliance_type": "Total"}
    for column in ("open_violations", "critical_violations"):
        if frame[column].null_count() < frame.height:
            totals[column] = int(frame[column].sum() or 0)
    rules, done = int(frame["rules"].sum() or 0), int(frame["rules_evaluated"].sum() or 0)
    totals["rules_words"] = f"{done} of {rules}"
    return totals
