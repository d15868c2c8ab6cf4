"""Why a metric says what it says: its definition, its value, and the same counted again.

Not here: counting (the models do), and printing.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from reports.errors import RequestError
from reports.snapshot import Snapshot

DEFINITION = ("metric_id", "metric_name", "formula", "unit", "grain", "owner", "citation")
STORED = "fct_stored_metric"
SOURCE = ("source_model", "source_column", "inputs", "missing", "needs")


def explain_kpi(snapshot: Snapshot, name: str, company_id: str = "") -> dict[str, Any]:
    """Return the definition of a metric and, by company, its values beside their recounts.

    What the source itself stored of it stands beside ours too, and neither is changed.
    """
    metric = _find(snapshot.table("dim_metric"), name)
    counted = snapshot.table("fct_metric_recount").filter(
        pl.col("metric_id") == metric["metric_id"]
    )
    stored = snapshot.table(STORED) if snapshot.has(STORED) else None
    companies = [c for c in snapshot.companies if company_id in ("", c.company_id)]
    return {
        **{column: metric[column] for column in (*DEFINITION, *SOURCE)},
        "recount_model": f"recount_{metric['metric_id']}",
        "companies": [
            {
                "company_id": company.company_id,
                "company_name": company.name,
                "values": _values(counted.filter(pl.col("company_id") == company.company_id)),
                "stored": _stored(stored, str(metric["metric_id"]), company.company_id),
            }
            for company in companies
        ],
    }


def _find(metrics: pl.DataFrame, name: str) -> dict[str, Any]:
    wanted = name.strip().lower()
    for row in metrics.iter_rows(named=True):
        if wanted in (str(row["metric_id"]), str(row["metric_name"]).lower()):
            return row
    known = ", ".join(sorted(metrics["metric_id"].to_list()))
    raise RequestError(f"metric {name!r}: not known; known are {known}")


def _values(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the newest period first; a value without a number is unknown, never zero."""
    ordered = rows.sort(
        ["period_end", "analysis_period", "item_id"], descending=[True, False, False]
    )
    return [
        {
            "period": row["analysis_period"],
            "period_end": row["period_end"].isoformat(),
            "item": row["item_id"],
            "value": row["published_value"],
            "status": row["status"],
            "recount": row["recounted_value"],
            "agrees": row["is_equal"],
        }
        for row in ordered.iter_rows(named=True)
    ]


def _stored(rows: pl.DataFrame | None, metric_id: str, company_id: str) -> dict[str, Any]:
    """Return how many figures of the metric the source stored, and those that differ."""
    if rows is None:
        return {"compared": 0, "different": []}
    own = rows.filter(pl.col("metric_id") == metric_id, pl.col("company_id") == company_id)
    order = [
        "report_date",
        "analysis_period",
        "provider_config_id",
        "stored_analytics_dashboard_id",
    ]
    known = own.filter(pl.col("computed_value").is_not_null())
    differing = known.filter("is_different").sort(order, descending=[True, False, False, False])
    return {
        "compared": known.height,
        "different": [
            {
                "reason_code": "reconcile.stored_metric",
                "period": row["analysis_period"],
                "period_end": row["report_date"].isoformat(),
                "item": row["provider_config_id"] or "",
                "stored": row["stored_value"],
                "value": row["computed_value"],
            }
            for row in differing.iter_rows(named=True)
        ],
    }
