"""Whose form is whose: each filed form to one employee, by number, by taxpayer number, by name.

Belongs here: the match, and what differs about a person or about having a form at all. Does not
belong here: lines (lines), money (price).
"""

from __future__ import annotations

from typing import Final

import polars as pl

FILED: Final = ("1095-C", "unknown")
DIFFERENCE: Final = {
    "difference": pl.String,
    "where": pl.String,
    "employee_id": pl.String,
    "form_key": pl.String,
    "individual": pl.String,
    "month": pl.Int32,
    "theirs": pl.String,
    "ours": pl.String,
    "ours_why": pl.String,
    "our_rule": pl.String,
    "file": pl.String,
    "row": pl.Int64,
}
_WAYS: Final = ("employee_number", "_ssn", "_name")


def forms_of(codes: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Return one row per filed form with `employee_id`, empty where nobody or several fit.

    `is_again` marks every form of a person after the first.
    """
    forms = codes.group_by("form_key", maintain_order=True).agg(
        pl.col("file", "row", "employee_number", "ssn", "first_name", "last_name", "form").first(),
        pl.col("is_unread", "has_part_iii").any(),
    )
    forms = keyed(forms.filter(pl.col("form").is_null() | pl.col("form").is_in(FILED)))
    found = forms.with_columns(pl.lit(None, dtype=pl.String).alias("employee_id"))
    ours = keyed(people)
    for way in _WAYS:
        free = ours.filter(
            ~pl.col("employee_id").is_in(found["employee_id"].drop_nulls().implode())
        )
        one = (free if way == "_name" else ours).drop_nulls(way)
        one = one.filter(pl.len().over(way) == 1).select(way, pl.col("employee_id").alias("_found"))
        found = (
            found.join(one, on=way, how="left", maintain_order="left")
            .with_columns(pl.coalesce("employee_id", "_found").alias("employee_id"))
            .drop("_found")
        )
    return found.with_columns(
        (pl.col("employee_id").is_not_null() & ~pl.col("employee_id").is_first_distinct()).alias(
            "is_again"
        )
    )


def keyed(frame: pl.DataFrame) -> pl.DataFrame:
    """Add the taxpayer number as nine digits and the name in one way of writing.

    An AIR file has no accents and no apostrophes (O'Malley is OMalley, Nuñez is Nunez).
    """
    digits = pl.col("ssn").str.replace_all("-", "", literal=True)
    name = (pl.col("first_name") + " " + pl.col("last_name")).str.to_lowercase()
    name = name.str.normalize("NFKD").str.replace_all(r"[\p{M}'’`]", "")
    return frame.with_columns(
        pl.when(digits.str.contains(r"^\d{9}$")).then(digits).alias("_ssn"),
        name.str.replace_all(r"[^\p{L}]+", " ").str.strip_chars().alias("_name"),
    )


def about_forms(forms: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Return what differs about having a form: missing, unwanted, twice, of nobody, not known."""
    both = people.join(
        forms.filter(~pl.col("is_again")).select("employee_id", "form_key"),
        on="employee_id",
        how="left",
    )
    is_filed, form = pl.col("form_key").is_not_null(), pl.col("form")
    judged = both.with_columns(
        pl.when(form == "unknown")
        .then(pl.lit("unknown"))
        .when((form == "1095-C") & ~is_filed)
        .then(pl.lit("form_missing"))
        .when(form.is_in(["none", "1095-B"]) & is_filed)
        .then(pl.lit("form_unwanted"))
        .alias("difference"),
        pl.when(is_filed).then(pl.lit("1095-C")).otherwise(pl.lit("none")).alias("theirs"),
        pl.when(form != "unknown").then(form).alias("ours"),
        pl.coalesce("unknown_reason", "none_reason").alias("ours_why"),
    ).drop_nulls("difference")
    strange = forms.filter(pl.col("employee_id").is_null()).with_columns(
        pl.lit("person_unknown").alias("difference"),
        pl.lit("1095-C").alias("theirs"),
        pl.lit("nobody in this data fits").alias("ours_why"),
    )
    again = forms.filter("is_again").with_columns(
        pl.lit("form_twice").alias("difference"),
        pl.lit("one more").alias("theirs"),
        pl.lit("one").alias("ours"),
    )
    return pl.concat([shaped(part) for part in (judged, strange, again)])


def about_identity(forms: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Return taxpayer numbers (by their last four digits) and names that differ.

    Only what the file gives is compared: a file without the column says nothing about it, and a
    form with a cell that cannot be read is left out.
    """
    has_ssn, has_name = forms["ssn"].count() > 0, forms["last_name"].count() > 0
    pairs = forms.filter(~pl.col("is_again") & ~pl.col("is_unread")).join(
        keyed(people), on="employee_id", how="inner", suffix="_ours"
    )
    number = pairs.filter(pl.lit(has_ssn) & pl.col("_ssn").ne_missing(pl.col("_ssn_ours")))
    number = number.with_columns(
        pl.when(pl.col("_ssn_ours").is_null())
        .then(pl.lit("cell_unknown"))
        .when(pl.col("ssn").is_null())
        .then(pl.lit("tin_missing"))
        .otherwise(pl.lit("tin_differs"))
        .alias("difference"),
        pl.lit("line 2").alias("where"),
        last_four("ssn").alias("theirs"),
        last_four("_ssn_ours").alias("ours"),
        pl.when(pl.col("_ssn_ours").is_null()).then(pl.lit("employee.ssn")).alias("ours_why"),
    )
    name = pairs.filter(pl.lit(has_name) & pl.col("_name").ne_missing(pl.col("_name_ours")))
    name = name.with_columns(
        pl.when(pl.col("_name_ours").is_null())
        .then(pl.lit("cell_unknown"))
        .otherwise(pl.lit("name_differs"))
        .alias("difference"),
        pl.lit("line 1").alias("where"),
        full_name().alias("theirs"),
        full_name("_ours").alias("ours"),
        pl.when(pl.col("_name_ours").is_null()).then(pl.lit("employee name")).alias("ours_why"),
    )
    return pl.concat([shaped(number), shaped(name)])


def full_name(end: str = "") -> pl.Expr:
    """Return first and last name as one text."""
    return pl.concat_str(f"first_name{end}", f"last_name{end}", separator=" ", ignore_nulls=True)


def last_four(name: str) -> pl.Expr:
    """Return a taxpayer number by its last four digits; empty where there is none."""
    return "***-**-" + pl.col(name).str.tail(4)


def shaped(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of a difference, those not there as empty."""
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in DIFFERENCE.items()
    )
