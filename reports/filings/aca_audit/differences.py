"""Every difference of one employer and year as one row, with its words and its price.

Belongs here: putting the parts together, the order. Does not belong here: finding differences
(people, lines, covered), prices (price), sums (totals), the words of a kind (the seed
code_aca_difference).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from reports.filings.aca_audit import covered, lines, people, price
from reports.filings.aca_audit.totals import totals

OURS: Final = "rpt_aca_1095c__code"
COVERED: Final = "rpt_aca_1095c__covered_individual"
PERSON: Final = "rpt_aca_audit__person"
EXPOSED: Final = "rpt_aca_audit__exposed"
EMPLOYER: Final = "rpt_aca_audit__month"
RULE: Final = "rpt_aca_audit__rule"
PAIR: Final = "rpt_aca_explain__pair"
DECIDED: Final = "rpt_aca_explain__rule"
ROWS: Final = (OURS, COVERED, PERSON, EXPOSED, EMPLOYER, RULE, PAIR, DECIDED)
COLUMN_A: Final = ("no_offer_said", "offer_said", "column_a_blank")
PRICED_LINES: Final = ("line 14", "line 16")


@dataclass(frozen=True)
class Compared:
    """The differences, the costliest first, and what they add up to by month and by section.

    `forms` are those in the file, `matched` those of people in this data, `with_part_iii` those
    whose Part III was compared; `strays` counts covered individuals of no form in the file.
    """

    rows: pl.DataFrame
    months: pl.DataFrame
    totals: pl.DataFrame
    forms: int
    matched: int
    with_part_iii: int
    strays: int


def compare(
    rows: Mapping[str, pl.DataFrame],
    codes: pl.DataFrame,
    filed: pl.DataFrame,
    listed: pl.DataFrame,
) -> Compared:
    """Return how the filed forms of one employer and year differ from the determination.

    `codes` are lines 14 to 17, `filed` lines 23 to 35, `listed` the covered individuals.
    """
    staff, ours = rows[PERSON], rows[OURS]
    forms = people.forms_of(codes, staff)
    listed = covered.own(listed)
    with_part_iii = covered.compared(listed, forms, staff)
    pairs = lines.paired(codes, forms, ours)
    months = price.column_a(rows[EMPLOYER], filed)
    small = months["small_difference"].max()
    about = people.about_forms(forms, staff)
    found = pl.concat(
        [
            about,
            people.about_identity(forms, staff),
            lines.about_lines(pairs, small),
            covered.about_covered(listed, with_part_iii, rows[COVERED]),
            lines.about_employer(filed, rows[EMPLOYER]),
        ]
    )
    missing = about.filter(pl.col("difference") == "form_missing")
    stakes = pl.concat(
        [
            price.at_stake(pairs, rows[EXPOSED], rows[PAIR]),
            price.unfiled(missing, ours, rows[EXPOSED]),
        ]
    )
    amounts = price.assessed(stakes, months)
    named = _named(found, rows, forms, codes)
    priced = _priced(named, amounts, months)
    by_month = _by_month(priced, amounts, months)
    return Compared(
        _ordered(priced),
        by_month,
        totals(priced, by_month, months),
        forms.height,
        forms["employee_id"].drop_nulls().n_unique(),
        with_part_iii.height,
        listed.join(forms, on="form_key", how="anti").height,
    )


def _named(
    found: pl.DataFrame,
    rows: Mapping[str, pl.DataFrame],
    forms: pl.DataFrame,
    codes: pl.DataFrame,
) -> pl.DataFrame:
    """Add the words of the kind, of our rule, of their pair of codes, and who it is."""
    conditions = rows[DECIDED].unique("rule_id").select("rule_id", "condition")
    conditions = conditions.rename({"rule_id": "our_rule", "condition": "our_condition"})
    verdicts = rows[PAIR].filter(pl.col("verdict") == "invalid")
    cell = codes.select(
        *("form_key", "month", "line_14"),
        pl.col("line_16").fill_null("blank"),
        pl.col("row").alias("_row_of_month"),
    ).join(verdicts, on=["line_14", "line_16"], how="left")
    who = rows[PERSON].select("employee_id", pl.col("employee_number").alias("_number"))
    place = forms.select("form_key", "employee_number", "file", "row")
    place = place.rename({"file": "_file", "row": "_row_of_form"})
    named = (
        found.join(rows[RULE], on="difference", how="left")
        .join(conditions, on="our_rule", how="left")
        .join(who, on="employee_id", how="left")
        .join(place, on="form_key", how="left")
        .join(
            cell.select("form_key", "month", "words", "_row_of_month"),
            on=["form_key", "month"],
            how="left",
        )
    )
    named = named.with_columns(pl.coalesce("where", "box").alias("box"))
    bad_pair = pl.when(pl.col("box").is_in(PRICED_LINES)).then(pl.col("words"))
    return named.with_columns(
        pl.coalesce("_number", "employee_number").alias("employee_number"),
        pl.coalesce("file", "_file").alias("file"),
        pl.coalesce("row", "_row_of_month", "_row_of_form").alias("row"),
        pl.concat_str(
            "message",
            ": " + pl.col("ours_why"),
            "; here: " + pl.col("our_condition"),
            "; their codes cannot stand together: " + bad_pair,
            ignore_nulls=True,
        ).alias("why"),
    )


def _priced(found: pl.DataFrame, amounts: pl.DataFrame, months: pl.DataFrame) -> pl.DataFrame:
    """Add the four amounts: of the month on the row that decides it, of the return once."""
    whole = _per_person(amounts)
    one = amounts.select("employee_id", "month", "assessed_low", "assessed_high")
    is_line = pl.col("box").is_in(PRICED_LINES) & (pl.col("difference") != "cell_unknown")
    line = found.with_row_index("_row").with_columns(
        (is_line & (pl.col("box") == pl.col("box").filter(is_line).max().over(_CELL)))
        .fill_null(value=False)
        .alias("_decides")
    )
    joined = (
        line.join(one, on=["employee_id", "month"], how="left")
        .join(whole, on="employee_id", how="left")
        .join(price.employer_amounts(months), on="month", how="left")
    )
    low, high = (_assessed(end) for end in ("low", "high"))
    charged = _charged(joined.with_columns(low, high), months)
    totals = [
        pl.sum_horizontal(f"assessed_{end}", f"return_{end}", ignore_nulls=False).alias(
            f"dollars_{end}"
        )
        for end in ("low", "high")
    ]
    return charged.with_columns(totals)


_CELL: Final = ["employee_id", "month"]


def _per_person(amounts: pl.DataFrame) -> pl.DataFrame:
    return amounts.group_by("employee_id").agg(
        *(
            pl.when(pl.col(f"assessed_{end}").null_count() == 0)
            .then(pl.col(f"assessed_{end}").sum())
            .alias(f"_year_{end}")
            for end in ("low", "high")
        )
    )


def _assessed(end: str) -> pl.Expr:
    kind = pl.col("difference")
    is_unknown = kind.is_in(["cell_unknown", "unknown", "person_unknown"])
    return (
        pl.when(is_unknown)
        .then(price.NOTHING)
        .when(kind.is_in(COLUMN_A))
        .then(pl.col(f"_a_{end}"))
        .when(kind == "form_missing")
        .then(pl.col(f"_year_{end}").fill_null(price.ZERO))
        .when(pl.col("_decides"))
        .then(pl.col(f"assessed_{end}"))
        .otherwise(price.ZERO)
        .cast(price.MONEY)
        .alias(f"assessed_{end}")
    )


def _charged(found: pl.DataFrame, months: pl.DataFrame) -> pl.DataFrame:
    """Add what a wrong return costs, on the first row of the person that makes it wrong."""
    wrong = pl.col("is_return_wrong") & pl.col("employee_id").is_not_null()
    is_first = wrong & (
        pl.col("_order") == pl.col("_order").filter(wrong).min().over("employee_id")
    )
    by = ("employee_id", "month", "rule_id", "form_key", "individual", "theirs")
    ordered = found.sort(by).with_row_index("_order")
    parts = []
    for end in ("low", "high"):
        amount = months[f"return_{end}"].max() if months.height else None
        one = 2 * pl.lit(amount, dtype=price.MONEY)  # section 6721 and section 6722
        unknown = pl.col("difference").is_in(["cell_unknown", "unknown", "person_unknown"])
        parts.append(
            pl.when(unknown)
            .then(price.NOTHING)
            .when(is_first)
            .then(one)
            .otherwise(price.ZERO)
            .cast(price.MONEY)
            .alias(f"return_{end}")
        )
    return ordered.with_columns(parts)


def _by_month(found: pl.DataFrame, amounts: pl.DataFrame, months: pl.DataFrame) -> pl.DataFrame:
    """Return the twelve months: people at stake, (b) under its cap, (a) where (a) differs."""
    differs = pl.col("is_theirs_exposed") != pl.col("is_ours_exposed")
    people_in = amounts.group_by("month").agg(
        (differs & pl.col("is_theirs_exposed")).sum().alias("missed_count"),
        (differs & pl.col("is_ours_exposed")).sum().alias("unsupported_count"),
        pl.col("is_ours_exposed").null_count().alias("unknown_count"),
        *(pl.col(f"assessed_{end}").sum().alias(f"_b_{end}") for end in ("low", "high")),
    )
    column = found.filter(pl.col("difference").is_in(COLUMN_A)).select(
        "month", pl.col("assessed_low").alias("a_low"), pl.col("assessed_high").alias("a_high")
    )
    joined = months.join(people_in, on="month", how="left").join(column, on="month", how="left")
    return joined.select(
        "tax_year", "ein", "month", "mec_offer", pl.col("_said").alias("mec_offer_theirs"),
        *(pl.col(n).fill_null(0) for n in ("missed_count", "unsupported_count", "unknown_count")),
        _capped("_b_low", "a_least").alias("b_low"),
        _capped("_b_high", "a_most").alias("b_high"),
        pl.col("a_low").fill_null(price.ZERO), pl.col("a_high").fill_null(price.ZERO),
    ).sort("month")  # fmt: skip


def _capped(amount: str, cap: str) -> pl.Expr:
    """Return an amount no higher than its cap; empty where the cap is not known."""
    whole = pl.col(amount).fill_null(price.ZERO)
    return pl.when(pl.col(cap).is_not_null()).then(pl.min_horizontal(whole, cap))


def _ordered(found: pl.DataFrame) -> pl.DataFrame:
    by = (
        "dollars_high",
        "dollars_low",
        "employee_number",
        "month",
        "rule_id",
        "form_key",
        "individual",
        "theirs",
    )
    down = [True, True, *[False] * (len(by) - 2)]
    return found.sort(by, descending=down, nulls_last=True)
