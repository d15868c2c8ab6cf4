"""The answer to each listed month: agree or not, the codes that stand, the rule, the exhibits.

Belongs here: putting published facts beside the list. Does not belong here: deciding a code or an
amount (the models), drawing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import polars as pl

CODE: Final = "rpt_aca_1095c__code"
PERSON: Final = "rpt_aca_audit__person"
EXPOSED: Final = "rpt_aca_audit__exposed"
MONTH: Final = "rpt_aca_audit__month"
RULE: Final = "rpt_aca_explain__rule"
SOURCE: Final = "rpt_aca_explain__source"
ROWS: Final = (CODE, PERSON, EXPOSED, MONTH, RULE, SOURCE)
AGREE, DISAGREE, OPEN, STRANGE = "agree", "disagree", "not_known", "not_on_file"
MONEY: Final = pl.Decimal(14, 2)


@dataclass(frozen=True)
class Answer:
    """People by month, employer by month, the decided boxes, the numbered source rows."""

    people: pl.DataFrame
    months: pl.DataFrame
    boxes: pl.DataFrame
    exhibits: pl.DataFrame


def own_list(rows: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return who could be listed by our own facts: exposed, or with a premium credit on file."""
    chosen = rows[EXPOSED].filter(pl.col("is_exposed") | pl.col("has_credit"))
    return chosen.select(
        "employee_id",
        "month",
        *(pl.lit(None, dtype=pl.String).alias(n) for n in ("line_14", "line_16", "file")),
        pl.lit(None, dtype=pl.Int64).alias("row"),
        *(
            pl.lit(None, dtype=pl.String).alias(n)
            for n in ("employee_number", "ssn", "first_name", "last_name")
        ),
    )


def answered(rows: Mapping[str, pl.DataFrame], listed: pl.DataFrame, year: int) -> Answer:
    """Return the answer to a list whose people are matched, for one employer and year."""
    people = _positions(rows, listed)
    exhibits = _numbered(rows[SOURCE], people, year)
    people = _with_exhibits(people, exhibits, year)
    return Answer(people, _by_month(rows[MONTH], people), _boxes(rows, people), exhibits)


def _positions(rows: Mapping[str, pl.DataFrame], listed: pl.DataFrame) -> pl.DataFrame:
    """Add the determination and where it leaves us: is the month assessable or not."""
    codes = rows[CODE].select(
        "employee_id", "month", "unknown_reason", "full_time", "employed", "lnap",
        _stands("14"), _stands("16"), "rule_14", "rule_16",
        "is_line_14_unknown", "is_line_16_unknown",
    )  # fmt: skip
    who = rows[PERSON].select(
        "employee_id",
        "ein",
        pl.col("employee_number").alias("_number"),
        pl.col("first_name").alias("_first"),
        pl.col("last_name").alias("_last"),
        ("***-**-" + pl.col("ssn").str.tail(4)).alias("_ssn"),
    )
    risk = rows[EXPOSED].select("employee_id", "month", "kind", "is_exposed", "has_credit")
    share = rows[MONTH].select("month", "mec_offer")
    joined = (
        listed.rename({"line_14": "filed_14", "line_16": "filed_16"})
        .join(who, on="employee_id", how="left")
        .join(codes, on=["employee_id", "month"], how="left")
        .join(risk, on=["employee_id", "month"], how="left")
        .join(share, on="month", how="left")
    )
    shown = joined.with_columns(
        pl.coalesce("_number", "employee_number").alias("employee_number"),
        pl.coalesce("_first", "first_name").alias("first_name"),
        pl.coalesce("_last", "last_name").alias("last_name"),
        pl.coalesce("_ssn", "***-**-" + pl.col("ssn").str.tail(4)).alias("ssn"),
        _position().alias("position"),
    )
    return shown.drop("_number", "_first", "_last", "_ssn", "mec_offer")


def _stands(line: str) -> pl.Expr:
    """Return the code that stands: that of the form, or the computed one where none is due."""
    own = pl.col(f"computed_{line}")
    return (
        pl.when(pl.col("form") == "none")
        .then(own)
        .otherwise(f"line_{line}")
        .alias(f"response_{line}")
    )


def _position() -> pl.Expr:
    """Return whether the month is assessable.

    Where column (a) is No, the credit of anybody full-time and outside a limited non-assessment
    period makes (a) due, whatever that employee was offered: IRC 4980H(a)(2).
    """
    is_counted = pl.col("employed") & pl.col("full_time") & ~pl.col("lnap")
    return (
        pl.when(pl.col("_number").is_null())
        .then(pl.lit(STRANGE))
        .when(pl.col("kind").eq_missing(pl.lit("unknown")) | pl.col("rule_14").is_null())
        .then(pl.lit(OPEN))
        .when(pl.col("is_exposed") | (is_counted & ~pl.col("mec_offer")))
        .then(pl.lit(AGREE))
        .otherwise(pl.lit(DISAGREE))
    )


def _numbered(sources: pl.DataFrame, people: pl.DataFrame, year: int) -> pl.DataFrame:
    """Return the source rows of the listed people that touch the year, numbered in one order."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    who = people.select("employee_id", "employee_number").drop_nulls("employee_id").unique()
    touched = sources.join(who, on="employee_id", how="inner").filter(
        (pl.col("from_date").is_null() | (pl.col("from_date") <= last))
        & (pl.col("to_date").is_null() | (pl.col("to_date") >= first))
    )
    order = ("employee_number", "employee_id", "source_table", "from_date", "source_id")
    numbered = touched.sort(order, nulls_last=True).with_row_index("_place", offset=1)
    number = pl.col("_place").cast(pl.String).str.zfill(6)
    return numbered.with_columns(("ACA-" + number).alias("exhibit"))


def _with_exhibits(people: pl.DataFrame, exhibits: pl.DataFrame, year: int) -> pl.DataFrame:
    """Add the first and last exhibit of each person and how many of them touch the month."""
    spans = exhibits.group_by("employee_id").agg(
        pl.col("exhibit").first().alias("first_exhibit"),
        pl.col("exhibit").last().alias("last_exhibit"),
    )
    return people.join(spans, on="employee_id", how="left").sort(
        "employee_number", "employee_id", "last_name", "first_name", "month", "row", nulls_last=True
    )


def _boxes(rows: Mapping[str, pl.DataFrame], people: pl.DataFrame) -> pl.DataFrame:
    """Return lines 14 and 16 of each listed month with the rule that decided them."""
    rules = rows[RULE].unique("rule_id").select("rule_id", "condition", "citation")
    parts = []
    for line in ("14", "16"):
        unknown = pl.col(f"is_line_{line}_unknown").fill_null(value=False)
        parts.append(
            people.drop_nulls("rule_14").select(
                "ein",
                "employee_number",
                "month",
                pl.lit(f"line {line}").alias("box"),
                pl.col(f"filed_{line}").alias("filed"),
                pl.col(f"response_{line}").alias("value"),
                pl.when(unknown).then(pl.col("unknown_reason")).alias("why_unknown"),
                pl.col(f"rule_{line}").alias("rule_id"),
            )
        )
    together = pl.concat(parts).join(rules, on="rule_id", how="left")
    return together.sort("employee_number", "month", "box", nulls_last=True)


def _by_month(months: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Return by month what was listed, how much of it stands, and what it would cost.

    (a) where column (a) is No and somebody listed is full-time; else (b) of those who stand, never
    above (a). At most: those not known, and those not on file here, stand as well.
    """
    position = pl.col("position")
    counts = people.group_by("month").agg(
        pl.len().alias("listed_count"),
        (position == AGREE).sum().alias("agreed_count"),
        (position == DISAGREE).sum().alias("disputed_count"),
        position.is_in([OPEN, STRANGE]).sum().alias("open_count"),
    )
    names = ("listed_count", "agreed_count", "disputed_count", "open_count")
    joined = months.join(counts, on="month", how="left").with_columns(
        pl.col(name).fill_null(0).cast(pl.Int64) for name in names
    )
    most = pl.col("agreed_count") + pl.col("open_count")
    return joined.with_columns(
        _amount(pl.col("agreed_count"), "a_least").alias("amount_low"),
        _amount(most, "a_most").alias("amount_high"),
    ).sort("month")


def _amount(count: pl.Expr, cap: str) -> pl.Expr:
    """Return what so many people cost in a month; empty where (a) or the cap is not known."""
    b_of_them = count.cast(MONEY) * pl.col("b_one")
    return (
        pl.when(count == 0)
        .then(pl.lit(Decimal("0.00"), dtype=MONEY))
        .when(pl.col("mec_offer").is_null() | pl.col(cap).is_null())
        .then(pl.lit(None, dtype=MONEY))
        .when(~pl.col("mec_offer"))
        .then(pl.col(cap))
        .otherwise(pl.min_horizontal(b_of_them, cap))
        .cast(MONEY)
    )
