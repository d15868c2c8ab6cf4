"""Why a metric says what it says: its definition, its value, and the same counted again.

Not here: counting (the models do), and printing.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from reports.errors import RequestError
from reports.snapshot import Snapshot

DEFINITION = ("metric_id", "metric_name", "formula", "unit", "grain", "owner", "citation")
SOURCE = ("source_model", "source_column", "inputs", "missing", "needs")


def explain_kpi(snapshot: Snapshot, name: str, company_id: str = "") -> dict[str, Any]:
    """Return the definition of a metric and, by company, its values beside their recounts."""
    metric = _find(snapshot.table("dim_metric"), name)
    counted = snapshot.table("fct_metric_recount").filter(
        pl.col("metric_id") == metric["metric_id"]
    )
    companies = [c for c in snapshot.companies if company_id in ("", c.company_id)]
    return {
        **{column: metric[column] for column in (*DEFINITION, *SOURCE)},
        "recount_model": f"recount_{metric['metric_id']}",
        "companies": [
            {
                "company_id": company.company_id,
                "company_name": company.name,
                "values": _values(counted.filter(pl.col("company_id") == company.company_id)),
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
