"""Lines 14 to 17 of each month, plan start and age of each form, lines 23 to 35 of the employer.

Belongs here: which kind of difference two values make. Does not belong here: whose form it is
(people), what a kind means and costs (the rules' seed, price).
"""

from __future__ import annotations

from typing import Final

import polars as pl

from reports.filings.aca_audit.people import shaped

HARBORS: Final = ("2F", "2G", "2H")
UNKNOWN: Final = pl.lit("cell_unknown")
_NONE: Final = pl.lit(None, dtype=pl.String)


def paired(codes: pl.DataFrame, forms: pl.DataFrame, ours: pl.DataFrame) -> pl.DataFrame:
    """Return one row per compared person and month: their columns, ours ending in `_ours`.

    Persons are those with one form on both sides or whose own is not known; a month that the file
    lacks is blank, a month with a cell that cannot be read is left out.
    """
    first = forms.filter(~pl.col("is_again")).drop_nulls("employee_id")
    shown = ours.filter(pl.col("form").is_in(["1095-C", "unknown"])).join(
        first.select("employee_id", "form_key"), on="employee_id", how="inner"
    )
    pairs = shown.join(codes, on=["form_key", "month"], how="left", suffix="_theirs")
    return pairs.filter(~pl.col("is_unread").fill_null(value=False))


def about_lines(pairs: pl.DataFrame, small: object) -> pl.DataFrame:
    """Return what differs on lines 14 to 17 by month, and on plan start and age by form."""
    unknown_17 = pl.col("is_line_14_unknown") & pl.col("line_17_theirs").is_not_null()
    parts = [
        _line(pairs, "line_14", _kind_14(), pl.col("is_line_14_unknown")),
        _line(pairs, "line_15", _kind_15(small), pl.col("is_line_15_unknown")),
        _line(pairs, "line_16", _kind_16(), pl.col("is_line_16_unknown")),
        _line(pairs, "line_17", pl.lit("zip_differs"), unknown_17),
    ]
    year = pairs.filter(pl.int_range(pl.len()).over("employee_id") == 0).with_columns(
        pl.lit(None, dtype=pl.Int32).alias("month")
    )
    given = pairs.filter(pl.col("plan_start_month_theirs").is_not_null()).height > 0
    if given:
        unknown = pl.col("is_plan_start_unknown")
        parts.append(_line(year, "plan_start_month", pl.lit("plan_start_differs"), unknown))
    if pairs.filter(pl.col("age_theirs").is_not_null()).height:
        needed = year.filter(pl.col("age").is_not_null() | pl.col("age_theirs").is_not_null())
        parts.append(_line(needed, "age", pl.lit("age_differs"), pl.lit(value=False)))
    return pl.concat(parts)


def _line(pairs: pl.DataFrame, line: str, kind: pl.Expr, unknown: pl.Expr) -> pl.DataFrame:
    rule = f"rule_{line.removeprefix('line_')}"
    differs = pl.col(f"{line}_theirs").ne_missing(pl.col(line))
    return shaped(
        pairs.filter(differs | unknown).with_columns(
            pl.when(unknown).then(UNKNOWN).otherwise(kind).alias("difference"),
            pl.lit(line.replace("_", " ")).alias("where"),
            pl.col(f"{line}_theirs").cast(pl.String).alias("theirs"),
            pl.col(line).cast(pl.String).alias("ours"),
            pl.when(unknown).then(pl.col("unknown_reason").fill_null("unknown")).alias("ours_why"),
            (pl.col(rule) if rule in pairs.columns else _NONE).alias("our_rule"),
        )
    )


def _kind_14() -> pl.Expr:
    theirs, ours = pl.col("line_14_theirs"), pl.col("line_14")
    return (
        pl.when(theirs.is_null())
        .then(pl.lit("code_14_blank"))
        .when(theirs == "1H")
        .then(pl.lit("offer_missed"))
        .when(ours == "1H")
        .then(pl.lit("offer_unsupported"))
        .otherwise(pl.lit("code_14_differs"))
    )


def _kind_15(small: object) -> pl.Expr:
    theirs, ours = pl.col("line_15_theirs"), pl.col("line_15")
    return (
        pl.when(theirs.is_null())
        .then(pl.lit("amount_missing"))
        .when(ours.is_null())
        .then(pl.lit("amount_unwanted"))
        .when((theirs - ours).abs() <= pl.lit(small, dtype=pl.Decimal(14, 2)))
        .then(pl.lit("amount_near"))
        .otherwise(pl.lit("amount_differs"))
    )


def _kind_16() -> pl.Expr:
    theirs, ours = pl.col("line_16_theirs"), pl.col("line_16")
    return (
        pl.when(theirs.is_null() & ours.is_in(HARBORS))
        .then(pl.lit("harbor_missed"))
        .when(theirs.is_null())
        .then(pl.lit("relief_missed"))
        .when(ours.is_null())
        .then(pl.lit("claim_unsupported"))
        .otherwise(pl.lit("code_16_differs"))
    )


def about_employer(months: pl.DataFrame, ours: pl.DataFrame) -> pl.DataFrame:
    """Return what differs on lines 23 to 35, columns (a), (b) and (c), where the file has them."""
    pairs = ours.join(months, on="month", how="inner", suffix="_theirs")
    said = pl.col("mec_offer_theirs")
    column_a = (
        pl.when(said.is_null())
        .then(pl.lit("column_a_blank"))
        .when(said)
        .then(pl.lit("offer_said"))
        .otherwise(pl.lit("no_offer_said"))
    )
    kinds = {
        "mec_offer": ("a", column_a),
        "full_time_count": ("b", pl.lit("full_time_differs")),
        "total_employee_count": ("c", pl.lit("total_differs")),
    }
    parts = []
    for name, (letter, kind) in kinds.items():
        is_given = pairs[f"{name}_theirs"].count() > 0 or name == "mec_offer"
        differs = pl.col(f"{name}_theirs").ne_missing(pl.col(name)) & pl.lit(is_given)
        found = pairs.filter(differs).with_columns(
            pl.when(pl.col(name).is_null()).then(UNKNOWN).otherwise(kind).alias("difference"),
            pl.lit(f"line 23 ({letter})").alias("where"),
            _said(f"{name}_theirs").alias("theirs"),
            _said(name).alias("ours"),
            pl.when(pl.col(name).is_null())
            .then(pl.lit("the months of aca_1094c_monthly say why"))
            .alias("ours_why"),
        )
        parts.append(shaped(found))
    return pl.concat(parts)


def _said(name: str) -> pl.Expr:
    text = pl.col(name).cast(pl.String)
    return text.replace({"true": "Yes", "false": "No"})
