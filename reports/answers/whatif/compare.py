"""What differs between the published rows and those of a scenario, counted and subtracted.

Belongs here: pairing rows and subtracting amounts the models gave. Does not belong here: any amount
or code of its own, and how it is shown. What is unknown on either side stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

CODE: Final = "rpt_aca_1095c__code"
EXPOSURE: Final = "rpt_aca_exposure__month"
COST: Final = "fct_benefit_cost_month"
OFFER: Final = "stg_hr__benefit_offer"
PERSON: Final = "int_law__aca_employee_year"
TARGETS: Final = (CODE, EXPOSURE, COST, OFFER, PERSON)
LINES: Final = ("form", "line_14", "line_15", "line_16", "line_17")
UNKNOWN_IF: Final = {line: f"is_{line}_unknown" for line in ("line_14", "line_15", "line_16")}
MEASURES: Final = {"a": "4980H (a)", "b": "4980H (b)", "total": "4980H (a) or (b)"}
EMPLOYER_COST: Final = "employer cost of health coverage"
UNKNOWN, BLANK = "unknown", "blank"
ENDS: Final = ("before_low", "before_high", "after_low", "after_high")
Rows = Mapping[str, pl.DataFrame]


def changed_codes(before: Rows, after: Rows) -> pl.DataFrame:
    """One row per employee, month and line whose value is another one: both values as text."""
    key = ["employee_id", "employee_number", "month", "line"]
    both = _values(before[CODE]).join(
        _values(after[CODE]), on=key, how="full", coalesce=True, suffix="_after"
    )
    return (
        both.rename({"value": "before", "value_after": "after"})
        .with_columns(pl.col("before", "after").fill_null(BLANK))
        .filter(pl.col("before") != pl.col("after"))
        .sort("employee_number", "employee_id", "line", "month")
    )


def _values(codes: pl.DataFrame) -> pl.DataFrame:
    texts = [
        pl.when(pl.col(UNKNOWN_IF[line]))
        .then(pl.lit(UNKNOWN))
        .otherwise(pl.col(line).cast(pl.String).fill_null(BLANK))
        .alias(line)
        if line in UNKNOWN_IF
        else pl.col(line).fill_null(BLANK)
        for line in LINES
    ]
    return codes.select("employee_id", "employee_number", "month", *texts).unpivot(
        LINES, index=["employee_id", "employee_number", "month"], variable_name="line"
    )


def by_code(changed: pl.DataFrame) -> pl.DataFrame:
    """People and months by line and by what the value was and is; amounts only as up or down."""
    amounts = [pl.col(side).cast(pl.Decimal(14, 2), strict=False) for side in ("before", "after")]
    both = (pl.col("line") == "line_15") & pl.all_horizontal(a.is_not_null() for a in amounts)
    way = pl.when(amounts[1] > amounts[0]).then(pl.lit("higher")).otherwise(pl.lit("lower"))
    amount = pl.lit("amount")
    is_15 = pl.col("line") == "line_15"
    named = changed.with_columns(
        before=pl.when(is_15 & amounts[0].is_not_null()).then(amount).otherwise(pl.col("before")),
        after=pl.when(both)
        .then(way)
        .when(is_15 & amounts[1].is_not_null())
        .then(amount)
        .otherwise(pl.col("after")),
    )
    return (
        named.group_by("line", "before", "after")
        .agg(
            people=pl.col("employee_id").n_unique().cast(pl.Int64),
            person_months=pl.len().cast(pl.Int64),
        )
        .sort("line", "before", "after")
    )


def by_person(changed: pl.DataFrame) -> pl.DataFrame:
    """One row per employee, line and change of value, with its months."""
    return (
        changed.group_by("employee_id", "employee_number", "line", "before", "after")
        .agg(
            first_month=pl.col("month").min().cast(pl.Int64),
            last_month=pl.col("month").max().cast(pl.Int64),
            month_count=pl.len().cast(pl.Int64),
        )
        .sort("employee_number", "employee_id", "line", "first_month", "before", "after")
    )


def amounts_by_month(before: Rows, after: Rows) -> pl.DataFrame:
    """One row per month and measure: what it is and would be, at least and at most, in dollars."""
    parts = [
        _pair(
            before[EXPOSURE], after[EXPOSURE], f"{prefix}_low", f"{prefix}_high", "modelled"
        ).with_columns(measure=pl.lit(words))
        for prefix, words in MEASURES.items()
    ]
    cost = _pair(_cost(before[COST]), _cost(after[COST]), "cost", "cost", "")
    nothing = pl.lit(None, pl.Decimal(18, 2))
    if after[OFFER].height:  # who would take a new offer is not known: the cost has no upper end
        cost = cost.with_columns(after_high=nothing)
    if not before[PERSON].equals(after[PERSON]):  # nor who would lose coverage: it has no lower end
        cost = cost.with_columns(after_low=nothing, after_high=nothing)
    return _with_changes(pl.concat([*parts, cost.with_columns(measure=pl.lit(EMPLOYER_COST))]))


def _cost(rows: pl.DataFrame) -> pl.DataFrame:
    """The employer's cost by month, null where the cost of somebody is not known."""
    modelled = (pl.col("employer_cost_status") == "modelled").any()
    return rows.group_by("month").agg(
        cost=pl.when(pl.col("employer_cost").is_null().any())
        .then(None)
        .otherwise(pl.col("employer_cost").sum())
        .cast(pl.Decimal(18, 2)),
        status=pl.when(modelled).then(pl.lit("modelled")).otherwise(pl.lit("measured")),
    )


def _pair(
    before: pl.DataFrame, after: pl.DataFrame, low: str, high: str, status: str
) -> pl.DataFrame:
    given = pl.lit(status) if status else pl.col("status")
    ends = [pl.col(low).alias("low"), pl.col(high).alias("high")]
    left, right = (
        frame.select("month", *ends, given.alias("status")).cast(
            {"month": pl.Int64, "low": pl.Decimal(18, 2), "high": pl.Decimal(18, 2)}
        )
        for frame in (before, after)
    )
    both = left.join(right, on="month", how="full", coalesce=True, suffix="_after")
    return both.select(
        "month",
        pl.col("low").alias("before_low"),
        pl.col("high").alias("before_high"),
        pl.col("low_after").alias("after_low"),
        pl.col("high_after").alias("after_high"),
        pl.col("status").alias("before_status"),
    )


def _with_changes(rows: pl.DataFrame) -> pl.DataFrame:
    """The subtracted ends and what each side is (D8): a scenario is modelled, or not measured."""

    def known(side: str) -> pl.Expr:
        return pl.col(f"{side}_low").is_not_null() & pl.col(f"{side}_high").is_not_null()

    missing = pl.lit("not_measured")
    return rows.with_columns(
        change_low=pl.col("after_low") - pl.col("before_low"),
        change_high=pl.col("after_high") - pl.col("before_high"),
        before_status=pl.when(known("before")).then(pl.col("before_status")).otherwise(missing),
        after_status=pl.when(known("after")).then(pl.lit("modelled")).otherwise(missing),
    ).sort("measure", "month")


def amounts_of_year(months: pl.DataFrame) -> pl.DataFrame:
    """One row per measure; a sum with a month that is not known is not known."""
    sums = [
        pl.when(pl.col(end).is_null().any()).then(None).otherwise(pl.col(end).sum()).alias(end)
        for end in (*ENDS, "change_low", "change_high")
    ]
    worst = [
        pl.when((pl.col(side) == "not_measured").any())
        .then(pl.lit("not_measured"))
        .when((pl.col(side) == "modelled").any())
        .then(pl.lit("modelled"))
        .otherwise(pl.lit("measured"))
        .alias(side)
        for side in ("before_status", "after_status")
    ]
    return months.group_by("measure").agg(*sums, *worst).sort("measure")
