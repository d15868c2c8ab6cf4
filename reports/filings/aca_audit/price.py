"""What each difference could cost: sections 4980H(b) and (a) by month, 6721 and 6722 by person.

Belongs here: which published amount a difference draws, once. Does not belong here: any amount
(the models), or what a difference is (lines, people).

A month of a person is at stake where one side protects it and the other does not: the agency reads
the filed codes, and the facts decide. It costs (b), never more than the month's (a); nothing where
column (a) is No, for then (a) is assessed instead. At least: where a premium credit is on file.
At most: supposing one. A wrong return costs twice, once for the agency and once for the person,
on the first difference of the person that makes it wrong.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import polars as pl

MONEY: Final = pl.Decimal(14, 2)
ZERO: Final = pl.lit(Decimal("0.00"), dtype=MONEY)
NOTHING: Final = pl.lit(None, dtype=MONEY)
AMOUNTS: Final = ("assessed_low", "assessed_high", "return_low", "return_high")


def column_a(months: pl.DataFrame, filed: pl.DataFrame) -> pl.DataFrame:
    """Return each month's amounts with `is_offered`: column (a) as filed, else as determined."""
    said = filed.select("month", pl.col("mec_offer").alias("_said"))
    return (
        months.join(said, on="month", how="left")
        .with_columns(pl.coalesce("_said", "mec_offer").alias("is_offered"))
        .sort("month")
    )


def at_stake(pairs: pl.DataFrame, exposed: pl.DataFrame, verdicts: pl.DataFrame) -> pl.DataFrame:
    """Return `is_theirs_exposed`, `is_ours_exposed`, `has_credit` by compared person and month.

    `is_ours_exposed` is empty where it is not known.
    """
    known = exposed.select("employee_id", "month", "kind", "is_exposed", "has_credit")
    verdict = verdicts.select("line_14", pl.col("line_16").alias("_16"), "verdict")
    return (
        pairs.select(
            "employee_id",
            "month",
            pl.col("line_14_theirs").fill_null("blank").alias("line_14"),
            pl.col("line_16_theirs").fill_null("blank").alias("_16"),
        )
        .join(verdict, on=["line_14", "_16"], how="left")
        .join(known, on=["employee_id", "month"], how="left")
        .select(
            "employee_id",
            "month",
            pl.col("verdict")
            .fill_null("invalid")
            .is_in(["valid_exposure", "invalid"])
            .alias("is_theirs_exposed"),
            _ours(),
            pl.col("has_credit").fill_null(value=False),
        )
    )


def _ours() -> pl.Expr:
    is_known = pl.col("kind").is_null() | (pl.col("kind") != "unknown")
    return (
        pl.when(is_known).then(pl.col("is_exposed").fill_null(value=False)).alias("is_ours_exposed")
    )


def unfiled(missing: pl.DataFrame, ours: pl.DataFrame, exposed: pl.DataFrame) -> pl.DataFrame:
    """Return the full-time months of people without their form, as months at stake."""
    months = ours.join(missing.select("employee_id"), on="employee_id", how="semi")
    counted = months.filter(pl.col("full_time") & ~pl.col("lnap"))
    known = exposed.select("employee_id", "month", "kind", "is_exposed", "has_credit")
    return counted.join(known, on=["employee_id", "month"], how="left").select(
        "employee_id",
        "month",
        pl.lit(value=True).alias("is_theirs_exposed"),
        _ours(),
        pl.col("has_credit").fill_null(value=False),
    )


def assessed(stakes: pl.DataFrame, months: pl.DataFrame) -> pl.DataFrame:
    """Return `assessed_low`, `assessed_high` by person and month; empty where not known."""
    differs = pl.col("is_theirs_exposed") != pl.col("is_ours_exposed")
    least = pl.min_horizontal("b_one", "a_least")
    most = pl.min_horizontal("b_one", "a_most")
    is_low = pl.col("has_credit") & pl.col("is_offered").fill_null(value=False)
    is_unknown = pl.col("is_ours_exposed").is_null() | pl.col("a_most").is_null()
    never = pl.col("is_offered").eq_missing(pl.lit(value=False)) | ~differs.fill_null(value=True)
    return stakes.join(months, on="month", how="left").with_columns(
        pl.when(never)
        .then(ZERO)
        .when(is_unknown)
        .then(NOTHING)
        .when(is_low)
        .then(least)
        .otherwise(ZERO)
        .cast(MONEY)
        .alias("assessed_low"),
        pl.when(never)
        .then(ZERO)
        .when(is_unknown)
        .then(NOTHING)
        .otherwise(most)
        .cast(MONEY)
        .alias("assessed_high"),
    )


def employer_amounts(months: pl.DataFrame) -> pl.DataFrame:
    """Return what column (a) read wrongly could cost, by month: (a) of everybody."""
    return months.select(
        "month",
        pl.when(pl.col("has_credit")).then("a_least").otherwise(ZERO).cast(MONEY).alias("_a_low"),
        pl.col("a_most").cast(MONEY).alias("_a_high"),
    )
