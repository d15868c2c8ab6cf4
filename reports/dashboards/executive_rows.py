"""The rows of the executive page, read once into typed values.

Here: which row answers which question. Not here: words (`verdict`), blocks (`executive`), rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from reports.dashboards.verdict import TOLERANCE, Budget, Missing, Part, Standing
from reports.errors import RequestError
from reports.model import Facts, ReportRequest

PREFIX = "rpt_executive_dashboard__"
PARTS = (
    "month",
    "cost_month",
    "trend",
    "target",
    "attention",
    "breakdown",
    "compliance",
    "definition",
    "plan_fee",
)
ZERO = Decimal(0)
FEED_RULE = "IND-005"


@dataclass(frozen=True)
class Definition:
    """A metric as the registry has it."""

    metric_id: str
    name: str
    unit: str
    better: str
    formula: str
    owner: str
    missing: str
    needs: str


@dataclass(frozen=True)
class Target:
    """What a company wants of a metric, and whether less is better."""

    value: Decimal
    is_less_better: bool

    def is_adverse(self, value: Decimal) -> bool | None:
        """Whether a value is worse; None within 1 % of the target, unless it is met exactly."""
        variance = value - self.value
        if variance and abs(variance) <= abs(self.value) * TOLERANCE:
            return None
        return variance > 0 if self.is_less_better else variance < 0


@dataclass(frozen=True)
class Rows:
    """Everything the page is made of, for one company and month."""

    facts: Facts
    period_end: dt.date
    month: Mapping[str, Any]
    cost_months: pl.DataFrame
    trend: pl.DataFrame
    attention: pl.DataFrame
    breakdown: pl.DataFrame
    compliance: pl.DataFrame
    plan_fees: pl.DataFrame
    definitions: Mapping[str, Definition]
    targets: Mapping[str, Target]

    def part(self, dimension: str) -> pl.DataFrame:
        """The rows of one breakdown, in the order of the page."""
        return self.breakdown.filter(pl.col("dimension") == dimension).sort("position")

    def trend_of(self, metric_id: str) -> tuple[tuple[str, Decimal | None], ...]:
        """Month and value of the last twelve months, oldest first."""
        rows = self.trend.filter(pl.col("metric_id") == metric_id).sort("month_end")
        return tuple(
            (f"{at:%Y-%m}", value) for at, value in rows.select("month_end", "metric_value").rows()
        )

    @property
    def is_suppressed(self) -> bool:
        """Whether the company itself is a group too small to show."""
        people = self.month["people_covered_ytd"]
        return bool(0 < people < self.month["suppression_minimum"])


def read(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Rows:
    """The rows of one month; a company without that month is an error that names both."""
    frames = {part: rows[PREFIX + part] for part in PARTS}
    month = frames["month"]
    if month.height != 1:
        raise RequestError(
            f"executive_dashboard: company {facts.company_id} has no covered month {request.period}"
        )
    first = month.row(0, named=True)
    return Rows(
        facts=facts,
        period_end=first["period_end"],
        month=first,
        cost_months=frames["cost_month"].sort("month_end"),
        trend=frames["trend"],
        attention=frames["attention"].sort("position"),
        breakdown=frames["breakdown"],
        compliance=frames["compliance"].sort("compliance_type"),
        plan_fees=frames["plan_fee"],
        definitions=_definitions(frames["definition"]),
        targets={
            name: Target(value, direction == "down")
            for name, value, direction in frames["target"]
            .select("metric_id", "target_value", "direction")
            .rows()
        },
    )


def _definitions(frame: pl.DataFrame) -> dict[str, Definition]:
    return {
        row["metric_id"]: Definition(
            row["metric_id"],
            row["metric_name"],
            row["unit"],
            row["better"],
            row["formula"],
            row["owner"],
            row["missing"],
            row["needs"],
        )
        for row in frame.iter_rows(named=True)
    }


def budget(rows: Rows) -> tuple[Budget | None, Missing]:
    """Cost and budget of the year to date over the same scope, or why they cannot be compared."""
    months = rows.cost_months
    states = set(months["budget_status"].to_list())
    for state in ("overlapping", "cost_unknown"):
        if state in states:
            return None, state
    if states == {"measured"}:
        cost = _total(months, "budgeted_cost_amount")
        whole = rows.month["cost_ytd"] is not None and cost == rows.month["cost_ytd"]
        return Budget(cost, _total(months, "budget_amount"), whole), "measured"
    return None, "partly_absent" if "measured" in states else "absent"


def _total(frame: pl.DataFrame, column: str) -> Decimal:
    return sum((value for value in frame[column].to_list() if value is not None), ZERO)


def total_or_none(frame: pl.DataFrame, column: str) -> int | None:
    """The sum of what is known, None where nothing is."""
    values = [value for value in frame[column].to_list() if value is not None]
    return int(sum(values)) if values else None


def largest(frame: pl.DataFrame, column: str, sign: int) -> Part | None:
    """The named part with the largest amount of one sign; None where any part is unknown."""
    shown = frame.filter(~pl.col("is_suppressed") & ~pl.col("is_combined"))
    if not shown.height or shown[column].null_count():
        return None
    named = shown.filter(pl.col("item_id") != "").select("item_name", column).rows()
    parts = [Part(name, amount) for name, amount in named if sign * amount > 0]
    return max(parts, key=lambda part: (sign * part.amount, part.name), default=None)


def standing(rows: Rows) -> Standing:
    """What the verdict may speak of."""
    compared, missing = budget(rows)
    sign = -1 if compared is not None and compared.variance < 0 else 1
    benefits = rows.part("benefit_type")
    feeds = rows.attention.filter(pl.col("kind") == "feed")
    return Standing(
        period_end=rows.period_end,
        cost_name=rows.definitions["total_benefits_cost"].name,
        cost=rows.month["cost_ytd"],
        cost_year_before=rows.month["cost_ytd_year_before"],
        budget=compared,
        budget_missing=missing,
        people=rows.month["people_covered"],
        people_name=rows.definitions["people_covered"].name,
        is_suppressed=rows.is_suppressed,
        minimum=rows.month["suppression_minimum"],
        largest_over=largest(benefits, "variance_amount", sign),
        largest_rise=largest(benefits, "change_amount", 1),
        open_findings=total_or_none(rows.compliance, "open_violations"),
        critical_findings=total_or_none(rows.compliance, "critical_violations"),
        feeds_below=feeds.height,
        feeds_reported=rows.month["feeds_reported"],
        is_feed_finding_open=FEED_RULE in rows.attention["item_id"].to_list(),
        grade=rows.facts.grade,
    )
