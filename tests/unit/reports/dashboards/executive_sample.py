"""Rows of one invented company in October 2026 that add up; each test changes what it speaks of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl

from reports.dashboards.executive import build
from reports.dashboards.executive_rows import PREFIX
from reports.model import Document, Facts, ReportRequest
from tests.unit.reports.dashboards.executive_parts import (
    AS_OF,
    BUDGETS,
    COMPANY,
    MONTH_ENDS,
    OVER,
    PERIOD_END,
    as_money,
    attention,
    breakdown,
    compliance,
    definition,
    plan_fee,
)


def facts(**changes: Any) -> Facts:
    """What the page says about its source."""
    base: dict[str, Any] = {
        "company_id": COMPANY,
        "company_name": "Northmere Instruments, Inc.",
        "ein": "900112233",
        "data_version": "7c1e04b9a2d4",
        "as_of": AS_OF,
        "grade": "B",
        "is_test_data": True,
    }
    return Facts(**{**base, **changes})


def request() -> ReportRequest:
    """The month asked for."""
    return ReportRequest(company_id=COMPANY, as_of=AS_OF, period="2026-10")


def frames() -> dict[str, pl.DataFrame]:
    """Every model of the page."""
    parts = {
        "month": month(),
        "cost_month": cost_month(),
        "trend": trend(),
        "target": target(),
        "attention": attention(),
        "breakdown": breakdown(),
        "compliance": compliance(),
        "definition": definition(),
        "plan_fee": plan_fee(),
    }
    return {PREFIX + part: frame for part, frame in parts.items()}


def with_changes(part: str, **changes: Any) -> dict[str, pl.DataFrame]:
    """The same frames with columns of one model set to constants of the same type."""
    found = frames()
    frame = found[PREFIX + part]
    found[PREFIX + part] = frame.with_columns(
        pl.lit(value).cast(frame.schema[name]).alias(name) for name, value in changes.items()
    )
    return found


def document(rows: dict[str, pl.DataFrame] | None = None, **changes: Any) -> Document:
    """The page built from those rows."""
    return build(rows or frames(), request(), facts(**changes))


def month() -> pl.DataFrame:
    """The numbers of the month."""
    cost = sum(BUDGETS) + sum(OVER)
    row: dict[str, Any] = {
        "company_id": COMPANY,
        "period_end": PERIOD_END,
        "cost_ytd": cost,
        "cost_ytd_status": "measured",
        "employer_ytd": cost - 5_107_300,
        "employer_ytd_status": "measured",
        "employee_ytd": 5_107_300,
        "employee_ytd_status": "measured",
        "cost_ytd_year_before": 22_487_200,
        "average_cost": 1_151,
        "average_cost_status": "measured",
        "average_cost_month_before": 1_146,
        "participation": Decimal("91.91"),
        "participation_status": "measured",
        "participation_month_before": Decimal("91.20"),
        "completion": Decimal("96.40"),
        "completion_status": "measured",
        "completion_month_before": Decimal("97.10"),
        "satisfaction": None,
        "satisfaction_status": "not_measured",
        "satisfaction_month_before": None,
        "people_covered": 2180,
        "people_covered_month_before": 2168,
        "total_enrollments": 9120,
        "active_enrollments": 9004,
        "pending_enrollments": None,
        "terminated_enrollments": 96,
        "response_conflicts": 0,
        "cost_gap_enrollments": 0,
        "cost_gap_input": None,
        "cost_gap_inputs": 0,
        "people_covered_ytd": 2344,
        "feeds_reported": 4,
        "offers_on_record": 5745,
        "suppression_minimum": 5,
    }
    money = [n for n in row if n.startswith(("cost_ytd", "employer_ytd", "employee_ytd"))]
    rates = [n for n in row if n.startswith(("average", "participation", "completion", "satis"))]
    names = [n for n in money + rates if not n.endswith("_status")]
    schema = {"cost_gap_input": pl.String, "pending_enrollments": pl.Int32}
    return as_money(pl.DataFrame([row], schema_overrides=schema), *names)


def cost_month() -> pl.DataFrame:
    """Cost against budget of each month."""
    frame = pl.DataFrame(
        {
            "company_id": COMPANY,
            "period_end": PERIOD_END,
            "month_end": MONTH_ENDS,
            "cost_amount": [b + o for b, o in zip(BUDGETS, OVER, strict=True)],
            "cost_status": "measured",
            "employer_amount": [0] * 10,
            "employee_amount": [0] * 10,
            "budget_amount": BUDGETS,
            "budgeted_cost_amount": [b + o for b, o in zip(BUDGETS, OVER, strict=True)],
            "variance_amount": OVER,
            "budget_status": "measured",
        }
    )
    return as_money(frame, *(name for name in frame.columns if name.endswith("_amount")))


def trend() -> pl.DataFrame:
    """The last months of four numbers; no survey was ever loaded."""
    values = {
        "average_cost_per_employee": (1078, 1076, 1079, 1077, 1078, 1079, 1149, 1150, 1146, 1151),
        "people_covered": (2110, 2112, 2121, 2130, 2129, 2140, 2151, 2160, 2168, 2180),
        "benefits_participation_rate": (
            90.4,
            90.5,
            90.7,
            90.8,
            91.0,
            91.0,
            91.2,
            91.1,
            91.2,
            91.91,
        ),
        "enrollment_completion_rate": (97, 98, 96.5, 97.2, 96.9, 98.1, 97.7, 97.5, 97.1, 96.4),
        "employee_satisfaction_score": (None,) * 10,
    }
    rows = [
        {"month_end": at, "metric_id": name, "metric_value": value}
        for name, series in values.items()
        for at, value in zip(MONTH_ENDS, series, strict=True)
    ]
    frame = pl.DataFrame(rows, infer_schema_length=None)
    return as_money(frame, "metric_value")


def target(value: str = "90", direction: str = "up") -> pl.DataFrame:
    """The company wants 90 % to take part."""
    rows = [("benefits_participation_rate", Decimal(value), direction)]
    frame = pl.DataFrame(rows, schema=["metric_id", "target_value", "direction"], orient="row")
    return frame.with_columns(pl.col("target_value").cast(pl.Decimal(18, 4)))
