"""Commissions and fees of the plans, by plan year: beside the cost of the page, never inside it.

Here: which years and columns are shown, and what is said about them. Not here: the sums (dbt).
"""

from __future__ import annotations

from typing import Any

import polars as pl

from reports.dashboards.executive_rows import ZERO, Rows
from reports.model import Cell, Field, Table

NAME, YEARS_SHOWN = "fees_by_plan_year", 2
AMOUNTS = {
    "commission_amount": "Commissions",
    "other_fee_amount": "Other fees",
    "direct_amount": "Direct pay",
    "paid_amount": "Paid",
    "indirect_amount": "Paid by others",
}
UNKNOWN = "a payment on record has no amount, or is in quarantine"


def plan_fees(rows: Rows) -> Table | None:
    """Fees of the last plan years that began by the month of the page; None without any."""
    begun = rows.plan_fees.filter(pl.col("plan_year") <= rows.period_end.year)
    years = sorted(set(begun["plan_year"].to_list()))[-YEARS_SHOWN:]
    if not years:
        return None
    shown = begun.filter(pl.col("plan_year").is_in(years)).sort(
        ["plan_year", "plan_name", "benefit_plan_id"], descending=[True, False, False]
    )
    return Table(
        NAME,
        "Fees and commissions by plan year",
        (
            Field("plan_year_words", "Plan year", "identifier", width=10),
            Field("plan_name", "Plan"),
            *(_money(name, label) for name, label in AMOUNTS.items()),
        ),
        shown.with_columns(
            pl.col("plan_year").cast(pl.String).alias("plan_year_words"),
            *(_reason(name) for name in AMOUNTS),
        ),
        note=f"Whole plan years {_listed(years)}, known by year only: not part of the cost above",
        totals=_totals(shown) if len(years) == 1 else None,
        question="What brokers and administrators are paid in a year",
    )


def note(rows: Rows) -> str:
    """What a reader must know about the fees."""
    if plan_fees(rows) is None:
        return "No fee or commission is on record for a plan year that has begun."
    return (
        "Fees and commissions are known by plan year only, so no month carries them. Commissions "
        "are inside the premium; adding them to the cost would count them twice."
    )


def _money(name: str, label: str) -> Field:
    return Field(name, label, "money", unit="$", places=2, reason=f"{name}_reason")


def _reason(name: str) -> Any:
    return pl.when(pl.col(name).is_null()).then(pl.lit(UNKNOWN)).alias(f"{name}_reason")


def _totals(shown: pl.DataFrame) -> dict[str, Cell]:
    known = [name for name in AMOUNTS if not shown[name].null_count()]
    return {"plan_year_words": "Total", **{name: sum(shown[name], ZERO) for name in known}}


def _listed(years: list[int]) -> str:
    return " and ".join(str(year) for year in years)
