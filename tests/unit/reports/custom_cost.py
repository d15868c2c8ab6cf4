"""A few leaves of benefit cost, the people behind them, and the custom report over them."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from reports.custom import custom_report
from reports.model import Document, ReportRequest
from tests.unit.reports.documents import COMPANY, FACTS

HEALTH, LIFE, DENTAL = "Health Insurance", "Life Insurance", "Dental"
BOUND: dict[str, Any] = {
    "filters": [
        {"column": "analysis_date", "is": ">=", "parameter": "period_start"},
        {"column": "analysis_date", "is": "<=", "parameter": "period_end"},
    ],
    "parameters": {"period_start": {"type": "date"}, "period_end": {"type": "date"}},
}
BY_CATEGORY: dict[str, Any] = {
    "title": "Cost by category",
    "groups": ["cost_category"],
    "measures": [
        {"name": "cost", "label": "Cost", "of": "sum", "column": "cost_amount"},
        {
            "name": "variance",
            "label": "Over or under",
            "of": "sum",
            "column": "variance_amount",
        },
    ],
    "sort": [{"column": "cost", "descending": True}],
}
Leaf = tuple[str, str, int, str, list[str]]


def leaf(
    category: str,
    people: Sequence[str],
    *,
    department: str = "d1",
    month: int = 6,
    status: str = "measured",
) -> Leaf:
    """A hundred dollars for each person, in one month of 2025."""
    return category, department, month, status, list(people)


def rows_of(leaves: Sequence[Leaf]) -> dict[str, pl.DataFrame]:
    cells = [
        {
            "provider_config_id": None,
            "department_id": department,
            "cost_category": category,
            "benefit_type": category.split()[0],
            "analysis_date": date(2025, month, calendar.monthrange(2025, month)[1]),
            "cost_amount": Decimal(100 * len(people)),
            "cost_amount_status": status,
            "variance_amount": Decimal(-5),
            "variance_amount_status": "measured",
        }
        for category, department, month, status, people in leaves
    ]
    behind = [
        {
            "provider_config_id": None,
            "department_id": department,
            "cost_category": category,
            "benefit_type": category.split()[0],
            "person_key": person,
            "month_from": date(2025, month, 1),
            "month_to": date(2025, month, 1),
        }
        for category, department, month, _, people in leaves
        for person in people
    ]
    texts: dict[str, Any] = {"provider_config_id": pl.String}
    money: dict[str, Any] = {"cost_amount": pl.Decimal(12, 2), "variance_amount": pl.Decimal(12, 2)}
    return {
        "benefits_cost_analysis": pl.DataFrame(cells, schema_overrides=texts | money),
        "rpt_benefit_cost__person": pl.DataFrame(behind, schema_overrides=texts),
        "dim_metric": pl.DataFrame({"metric_id": ["people_covered"], "minimum_count": [5]}),
    }


def made(
    leaves: Sequence[Leaf], definition: dict[str, Any] = BY_CATEGORY, period: str | None = None
) -> Document:
    report = custom_report({"dataset": "benefit_cost", **definition})
    return report.build(rows_of(leaves), ReportRequest(COMPANY, FACTS.as_of, period=period), FACTS)


def costs(document: Document) -> dict[str, Decimal | None]:
    frame = document.tables()[0].frame
    return dict(frame.select("cost_category", "cost").rows())


MANY, FEW = [f"p{n}" for n in range(9)], ["p0", "p1", "p2"]
