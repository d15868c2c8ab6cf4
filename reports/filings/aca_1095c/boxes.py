"""The filled boxes of Form 1095-C: one row per recipient, one per covered individual.

Belongs here: column work on the published rows (pivot to boxes, the All 12 Months box, why a box
is unknown). Does not belong here: rules of law (dbt), drawing, or words of the document.

Beside each box that can be unknown stands `<box>__why`, empty where the box is known.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from reports.filings.aca_1095c.lines import ALL_AND_MONTHS, MONTHS, load_lines

WHY: Final = "__why"
NOT_ON_FILE: Final = "not on file"
LINES: Final = ("14", "15", "16", "17")
NEVER_UNKNOWN: Final = {"17"}  # a missing ZIP code makes the code of line 14 unknown
TYPES: Final = {
    "text": pl.String(),
    "identifier": pl.String(),
    "money": pl.Decimal(12, 2),
    "date": pl.Date(),
    "boolean": pl.Boolean(),
}


def recipient_boxes(recipients: pl.DataFrame, codes: pl.DataFrame) -> pl.DataFrame:
    """One row per recipient: the boxes of page 1 and the Part III box, with their reasons."""
    frame = recipients.filter(pl.col("form") == "1095-C").sort("employee_number", "employee_id")
    frame = frame.with_columns(_last_name())
    shown = [
        pl.col(line.column).cast(TYPES[line.kind]).alias(line.box)
        for line in load_lines().of("recipient")
    ]
    whys = [
        pl.when(pl.col(line.column).is_null()).then(pl.lit(NOT_ON_FILE)).alias(line.box + WHY)
        for line in load_lines().of("recipient")
        if line.is_required
    ]
    base = frame.select("employee_id", "employee_number", "is_specimen", *shown, *whys)
    for line in LINES:
        base = base.join(_line_boxes(codes, line), on="employee_id", how="left")
    return base.join(_first_of_year(codes), on="employee_id", how="left")


def covered_boxes(covered: pl.DataFrame) -> pl.DataFrame:
    """One row per covered individual, in the order of Part III."""
    frame = covered.filter(pl.col("form") == "1095-C").with_columns(
        _last_name(),
        pl.col("middle_initial").alias("middle"),
        pl.when(pl.col("first_name").is_null()).then(pl.lit(NOT_ON_FILE)).alias("first" + WHY),
        pl.when(pl.col("last_name").is_null()).then(pl.lit(NOT_ON_FILE)).alias("last" + WHY),
        pl.when(pl.col("ssn").is_null() & pl.col("date_of_birth").is_null())
        .then(pl.lit("neither taxpayer number nor date of birth"))
        .alias("ssn" + WHY),
        pl.col("is_all_year").alias("all"),
        *((pl.col(f"is_{month}") & ~pl.col("is_all_year")).alias(month) for month in MONTHS),
    )
    return frame.select(
        "employee_id",
        "employee_number",
        "position",
        pl.col("first_name").alias("first"),
        "middle",
        pl.col("last_name_and_suffix").alias("last"),
        "ssn",
        pl.col("date_of_birth").alias("dob"),
        *ALL_AND_MONTHS,
        "first" + WHY,
        "last" + WHY,
        "ssn" + WHY,
    ).sort("employee_number", "employee_id", "position")


def _last_name() -> pl.Expr:
    suffix = (
        pl.when(pl.col("suffix").is_not_null()).then(" " + pl.col("suffix")).otherwise(pl.lit(""))
    )
    return (pl.col("last_name") + suffix).alias("last_name_and_suffix")


def _line_boxes(codes: pl.DataFrame, line: str) -> pl.DataFrame:
    """The thirteen boxes of a line: All 12 Months where every month is known and the same."""
    value, flag = f"line_{line}", f"is_line_{line}_unknown"
    months = [
        pl.col(value).filter(pl.col("month") == number).first().alias(f"{value}_{month}")
        for number, month in enumerate(MONTHS, 1)
    ]
    whys = [
        pl.when(pl.col(flag))
        .then(pl.col("unknown_reason").fill_null("unknown"))
        .filter(pl.col("month") == number)
        .first()
        .alias(f"{value}_{month}{WHY}")
        for number, month in enumerate(MONTHS, 1)
        if line not in NEVER_UNKNOWN
    ]
    same = (pl.col(value).n_unique() == 1) & pl.col(value).is_not_null().all() & (pl.len() == 12)
    wide = codes.group_by("employee_id").agg(
        pl.when(same).then(pl.col(value).first()).first().alias(f"{value}_all"), *months, *whys
    )
    is_all = pl.col(f"{value}_all").is_not_null()
    return wide.with_columns(
        pl.when(~is_all).then(pl.col(f"{value}_{month}")).alias(f"{value}_{month}")
        for month in MONTHS
    )


def _first_of_year(codes: pl.DataFrame) -> pl.DataFrame:
    return codes.group_by("employee_id").agg(
        pl.col("age").cast(pl.String).sort_by("month").first().alias("age")
    )
