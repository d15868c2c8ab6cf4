"""Every registered metric is counted again by SQL of its own, and both counts agree (D22)."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.oracles.build import rows_of
from tests.oracles.conftest import Stacked
from tests.oracles.draw import AS_OF

_METRICS = Path(__file__).parents[2] / "dbt" / "seeds" / "codes" / "metric.csv"
_NOT_BUILT_YET = {"utilization_rate", "roi_analysis"}


def test_every_metric_equals_its_recount(stacked: Stacked) -> None:
    rows = rows_of(stacked.warehouse, "marts.fct_metric_recount", "company_id, metric_id, item_id")
    wrong = [row for row in rows if not row["is_equal"]]
    assert [(row["company_id"], row["metric_id"], row["period_end"]) for row in wrong] == []
    for row in rows:
        assert row["published_value"] == row["recounted_value"]
    with _METRICS.open(newline="") as file:
        registered = {row["metric_id"] for row in csv.DictReader(file)}
    assert {row["metric_id"] for row in rows} == registered


def test_the_comparison_is_of_real_numbers(stacked: Stacked) -> None:
    rows = rows_of(stacked.warehouse, "marts.fct_metric_recount", "company_id, metric_id, item_id")
    names = {str(row["metric_id"]) for row in rows}
    measured = {str(row["metric_id"]) for row in rows if row["published_value"]}
    unknown = {str(row["metric_id"]) for row in rows if row["published_value"] is None}
    assert names - measured == _NOT_BUILT_YET
    assert {"total_benefits_cost", "compliance_score", "cost_trend_percentage"} <= unknown
    assert AS_OF in {row["period_end"] for row in rows}
