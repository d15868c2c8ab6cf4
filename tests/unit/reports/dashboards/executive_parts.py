"""The parts of the invented company's rows that are lists: who, what, and how it is defined."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

COMPANY = "7d5b0a8e-3c64-4f0e-9a51-0000c0ffee01"
PERIOD_END = dt.date(2026, 10, 31)
AS_OF = dt.date(2026, 11, 8)
REGISTRY = Path(__file__).parents[4] / "dbt" / "seeds" / "codes" / "metric.csv"
MONTH_ENDS = tuple(dt.date(2026, month + 1, 1) - dt.timedelta(days=1) for month in range(1, 11))
BUDGETS = (2_298_000,) * 6 + (2_405_500,) * 4
OVER = (-4_100, 1_200, 19_300, 27_400, 50_200, 57_000, 168_400, 180_900, 196_100, 213_000)
BENEFITS = (
    ("Health", 2142, 17_842_600, 16_985_000, 16_310_300),
    ("Retirement", 1880, 3_486_100, 3_460_000, 3_321_900),
    ("Dental", 1902, 1_028_700, 1_040_000, 1_001_200),
    ("Disability", 2011, 742_900, 735_000, 701_400),
    ("Life", 2104, 486_500, 480_000, 455_000),
    ("Vision", 1490, 231_200, 235_000, 226_100),
    ("Wellness", 640, 118_000, 120_000, 110_300),
    ("Other", 510, 383_400, 355_000, 361_000),
)
DEPARTMENTS = (
    ("Assembly", 812, 8_912_400, 680_800),
    ("Engineering", 436, 5_046_800, 485_900),
    ("Field Service", 318, 3_571_200, 228_500),
    ("Logistics", 241, 2_688_500, 208_700),
    ("Sales", 196, 2_185_900, 105_600),
    ("Customer Support", 98, 1_047_300, 70_900),
    ("Finance and HR", 57, 624_100, 35_500),
)
PROVIDERS = (
    ("Corvane Health", 2142, 17_842_600, 1_330_300, 91),
    ("Tessel Life", 2104, 2_258_100, 176_500, 88),
    ("Fenwick Retirement", 1880, 3_486_100, 164_200, None),
    ("Maribel Dental", 1902, 732_600, 161_200, 95),
)
MONEY = pl.Decimal(18, 2)


def as_money(frame: pl.DataFrame, *names: str) -> pl.DataFrame:
    return frame.with_columns(pl.col(name).cast(MONEY) for name in names)


def attention() -> pl.DataFrame:
    """Findings and one feed."""
    found = (
        ("Critical", "ACA-006", "A health coverage excludes pre-existing conditions", 2, 41),
        ("High", "ACA-001", "Health coverage of a new hire starts later than day 91", 3, 212),
        ("High", "HIPAA-010", "A role assignment is still active after its expiry", 1, 38),
        ("Medium", "p2", "Tessel Life feed is below its service level", 3, 31),
        (
            "Medium",
            "ACA-005",
            "A covered person has no valid SSN and was asked too rarely",
            23,
            3120,
        ),
    )
    rows = [
        ("finding", severity, rule, title, "ACA", size, of, "finding", "Compliance")
        if rule != "p2"
        else ("feed", severity, rule, title, None, size, of, "day", "Benefits Admin")
        for severity, rule, title, size, of in found
    ]
    names = [
        "kind",
        "severity",
        "item_id",
        "item_name",
        "law",
        "size",
        "size_of",
        "size_unit",
        "owner",
    ]
    frame = pl.DataFrame(rows, schema=names, orient="row").with_row_index("position", offset=1)
    return frame.with_columns(pl.lit(True).alias("is_law"), pl.lit(True).alias("is_as_of"))


def _part(
    dimension: str, position: int, name: str, people: int, cost: int, **more: Any
) -> dict[str, Any]:
    base: dict[str, Any] = {
        "company_id": COMPANY,
        "period_end": PERIOD_END,
        "dimension": dimension,
        "position": position,
        "item_id": name,
        "item_name": name,
        "people_covered": people,
        "cost_amount": cost,
        "employer_amount": round(cost * 0.79),
        "employee_amount": cost - round(cost * 0.79),
        "provider_score": None,
        "budget_amount": None,
        "cost_year_before": None,
        "is_suppressed": False,
        "is_combined": False,
        "cost_status": "measured",
    }
    return {**base, **more}


def breakdown() -> pl.DataFrame:
    """By benefit with budget, by department and provider against last year."""
    rows = [
        _part("benefit_type", i, name, people, cost, budget_amount=budget, cost_year_before=before)
        for i, (name, people, cost, budget, before) in enumerate(BENEFITS, 1)
    ]
    rows += [
        _part("department", i, name, people, cost, cost_year_before=cost - change)
        for i, (name, people, cost, change) in enumerate(DEPARTMENTS, 1)
    ]
    for i, name in enumerate(("Executive Office", "Legal"), 8):
        hidden = {"people_covered": None, "employer_amount": None, "employee_amount": None}
        rows.append(
            _part("department", i, name, 0, 0, is_suppressed=True, cost_status="suppressed")
            | hidden
            | {"cost_amount": None}
        )
    rows.append(
        _part(
            "department",
            10,
            "Suppressed together",
            22,
            243_200,
            cost_year_before=226_900,
            is_combined=True,
        )
    )
    rows += [
        _part(
            "provider", i, name, people, cost, cost_year_before=cost - change, provider_score=score
        )
        for i, (name, people, cost, change, score) in enumerate(PROVIDERS, 1)
    ]
    frame = pl.DataFrame(rows, infer_schema_length=None)
    money = [
        n
        for n in frame.columns
        if n.endswith("_amount") or n in ("cost_year_before", "provider_score")
    ]
    frame = as_money(frame, *money)
    change, over = (
        pl.col("cost_amount") - pl.col("cost_year_before"),
        pl.col("cost_amount") - pl.col("budget_amount"),
    )
    return frame.with_columns(
        change.cast(MONEY).alias("change_amount"),
        (100 * change.cast(pl.Float64) / pl.col("cost_year_before").cast(pl.Float64))
        .round(2)
        .cast(MONEY)
        .alias("change_pct"),
        over.cast(MONEY).alias("variance_amount"),
        (100 * over.cast(pl.Float64) / pl.col("budget_amount").cast(pl.Float64))
        .round(2)
        .cast(MONEY)
        .alias("variance_pct"),
    )


def compliance() -> pl.DataFrame:
    """By law."""
    rows = [
        ("ACA", "Non-Compliant", Decimal("78.40"), 28, 2, 9, 3),
        ("COBRA", "Under Review", None, None, None, 10, 0),
        ("HIPAA", "Warning", Decimal("95.80"), 1, 0, 17, 4),
        ("Industry Standards", "Under Review", None, 0, 0, 27, 2),
    ]
    names = [
        "compliance_type",
        "compliance_status",
        "compliance_score",
        "open_violations",
        "critical_violations",
        "rules",
        "rules_evaluated",
    ]
    frame = pl.DataFrame(rows, schema=names, orient="row")
    return frame.with_columns(pl.col("compliance_score").cast(pl.Decimal(5, 2)))


def definition() -> pl.DataFrame:
    """The registry as the seed has it."""
    with REGISTRY.open(newline="", encoding="utf-8") as lines:
        rows = [{**row, "metric_name": row.pop("name")} for row in csv.DictReader(lines)]
    return pl.DataFrame(rows)


def plan_fee() -> pl.DataFrame:
    """Fees of the plan years 2024 to 2027; one of 2025 is unknown."""
    rows = [
        ("w", "Welfare plan", 2024, 1_000, 50, 0, 0, 1_050),
        ("w", "Welfare plan", 2025, None, None, 0, 0, None),
        ("s", "Savings plan", 2026, 0, 0, 12_500, 900, 12_500),
        ("w", "Welfare plan", 2026, 210_400, 15_000, 0, 0, 225_400),
        ("w", "Welfare plan", 2027, 1, 1, 1, 1, 3),
    ]
    amounts = ["commission", "other_fee", "direct", "indirect", "paid"]
    names = ["benefit_plan_id", "plan_name", "plan_year", *(f"{name}_amount" for name in amounts)]
    return as_money(pl.DataFrame(rows, schema=names, orient="row"), *names[3:])
