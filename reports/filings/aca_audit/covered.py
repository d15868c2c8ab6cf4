"""Part III: who is listed as covered and in which months, theirs against ours.

Belongs here: which listed individual is which of ours, and what differs. Does not belong here:
whose form it is (people), what a kind means and costs (the rules' seed, price).
"""

from __future__ import annotations

from typing import Final

import polars as pl

from reports.filings.aca_audit.filed import TICKS
from reports.filings.aca_audit.people import FILED, full_name, keyed, last_four, shaped

BOX: Final = pl.lit("Part III")
WAYS: Final = (("_ssn",), ("_name", "date_of_birth"), ("_name",))


def own(covered: pl.DataFrame) -> pl.DataFrame:
    """Return the individuals of forms, without those that a file puts on a Form 1095-B."""
    return covered.filter(pl.col("form").is_null() | pl.col("form").is_in(FILED))


def compared(covered: pl.DataFrame, forms: pl.DataFrame, staff: pl.DataFrame) -> pl.DataFrame:
    """Return the forms whose Part III is compared, one row each, with `part_iii_reason`.

    Those whose employee is due a Form 1095-C here, where the file says who is covered (an AIR file
    does, codes as CSV only beside a file of covered individuals) and every row of it can be read.
    """
    is_said = pl.col("has_part_iii") | pl.lit(covered["employee_number"].count() > 0)
    unread = covered.filter("is_unread")["form_key"]
    due = staff.filter(pl.col("form") == "1095-C").select("employee_id", "part_iii_reason")
    first = forms.filter(
        ~pl.col("is_again") & is_said & ~pl.col("form_key").is_in(unread.implode())
    )
    return first.select("form_key", "employee_id").join(due, on="employee_id", how="inner")


def about_covered(covered: pl.DataFrame, forms: pl.DataFrame, ours: pl.DataFrame) -> pl.DataFrame:
    """Return what differs about the individuals of the compared forms.

    A form whose Part III is not known here is one row that says why.
    """
    is_open = pl.col("part_iii_reason").is_not_null()
    known = forms.filter(~is_open).select("form_key", "employee_id")
    theirs = _individuals(covered.join(known, on="form_key", how="inner"))
    own_ones = _individuals(ours.join(known, on="employee_id", how="inner"))
    pairs = _pairs(theirs, own_ones)
    both = pairs.join(theirs, on="place").join(
        own_ones.rename({"place": "place_ours"}), on="place_ours", suffix="_ours"
    )
    unwanted = theirs.join(pairs, on="place", how="anti")
    missing = own_ones.join(pairs, left_on="place", right_on="place_ours", how="anti")
    parts = (
        forms.filter(is_open).with_columns(
            _kind("cell_unknown"), pl.col("part_iii_reason").alias("ours_why")
        ),
        missing.with_columns(
            _kind("individual_missing"),
            pl.lit("not listed").alias("theirs"),
            _months().alias("ours"),
        ),
        unwanted.with_columns(
            _kind("individual_unwanted"),
            _months().alias("theirs"),
            pl.lit("not covered").alias("ours"),
        ),
        _numbers(both, has_ssn=covered["ssn"].count() > 0),
        *_by_month(both),
    )
    return pl.concat([shaped(part.with_columns(BOX.alias("where"))) for part in parts])


def _individuals(rows: pl.DataFrame) -> pl.DataFrame:
    """Return one row per form and individual: `place`, keys, label, the twelve months."""
    year = pl.col("is_all_year").fill_null(value=False)
    ticks = [(pl.col(name).fill_null(value=False) | year).alias(name) for name in TICKS]
    who = ["form_key", "employee_id", "_ssn", "_name", "date_of_birth"]
    found = keyed(rows).with_columns(ticks).group_by(who, maintain_order=True)
    label = pl.concat_str(full_name(), last_four("_ssn"), separator=", ", ignore_nulls=True)
    return (
        found.agg(pl.col("ssn", "first_name", "last_name").first(), *_place(rows), *_ticked())
        .with_columns(label.replace("", "no name").alias("individual"))
        .with_row_index("place")
    )


def _place(rows: pl.DataFrame) -> list[pl.Expr]:
    return [pl.col(name).first() for name in ("file", "row") if name in rows.columns]


def _ticked() -> list[pl.Expr]:
    return [pl.col(name).any() for name in TICKS]


def _pairs(theirs: pl.DataFrame, ours: pl.DataFrame) -> pl.DataFrame:
    """Return `place`, `place_ours`: one individual to one of the same form, by the surest way.

    By taxpayer number, by name and birth date, by name; each only where it is the only one, and by
    name only where two birth dates do not speak against it.
    """
    born, other = pl.col("date_of_birth"), pl.col("date_of_birth_ours")
    found = pl.DataFrame(schema={"place": pl.UInt32, "place_ours": pl.UInt32})
    for way in WAYS:
        one = _only(theirs.join(found, on="place", how="anti"), way)
        two = _only(ours.join(found, left_on="place", right_on="place_ours", how="anti"), way)
        pairs = one.join(two, on=["employee_id", "key"], how="inner", suffix="_ours")
        is_same = (born == other).fill_null(value=True) | pl.lit(way == ("_ssn",))
        found = pl.concat([found, pairs.filter(is_same).select("place", "place_ours")])
    return found


def _only(rows: pl.DataFrame, way: tuple[str, ...]) -> pl.DataFrame:
    key = pl.concat_str([pl.col(name).cast(pl.String) for name in way], separator="|")
    known = rows.select("employee_id", "place", "date_of_birth", key.alias("key"))
    return known.drop_nulls("key").filter(pl.len().over("employee_id", "key") == 1)


def _kind(name: str) -> pl.Expr:
    return pl.lit(name).alias("difference")


def _months() -> pl.Expr:
    """Return the months ticked, in words."""
    named = pl.concat_list(
        pl.when(pl.col(name)).then(pl.lit(name.removeprefix("is_").capitalize())) for name in TICKS
    ).list.drop_nulls()
    return (
        pl.when(pl.all_horizontal(TICKS))
        .then(pl.lit("all 12 months"))
        .when(pl.any_horizontal(TICKS))
        .then(named.list.join(", "))
        .otherwise(pl.lit("no month"))
    )


def _numbers(both: pl.DataFrame, *, has_ssn: bool) -> pl.DataFrame:
    """Return taxpayer numbers that differ, by their last four digits."""
    differs = (pl.col("_ssn") != pl.col("_ssn_ours")).fill_null(value=False)
    lacks = pl.col("ssn").is_null() & pl.col("_ssn_ours").is_not_null() & pl.lit(has_ssn)
    return both.filter(differs | lacks).with_columns(
        pl.when(lacks)
        .then(pl.lit("individual_tin_missing"))
        .otherwise(pl.lit("individual_tin_differs"))
        .alias("difference"),
        last_four("_ssn").alias("theirs"),
        last_four("_ssn_ours").alias("ours"),
        pl.col("individual_ours").alias("individual"),
    )


def _by_month(both: pl.DataFrame) -> list[pl.DataFrame]:
    """Return the months in which one side has the individual covered and the other has not."""
    said = {True: "covered", False: "not covered"}
    parts = []
    for month, name in enumerate(TICKS, 1):
        for is_theirs, kind in ((True, "coverage_unsupported"), (False, "coverage_missed")):
            found = both.filter((pl.col(name) == is_theirs) & (pl.col(f"{name}_ours") != is_theirs))
            parts.append(
                found.with_columns(
                    _kind(kind),
                    pl.lit(month).alias("month"),
                    pl.lit(said[is_theirs]).alias("theirs"),
                    pl.lit(said[not is_theirs]).alias("ours"),
                    pl.col("individual_ours").alias("individual"),
                )
            )
    return parts
