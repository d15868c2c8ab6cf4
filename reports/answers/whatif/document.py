"""The answer to a scenario as a document: amounts and codes before and after, and what was set.

Belongs here: words and tables. Does not belong here: subtracting (`compare`), and where rows come
from. It is a modelled answer: it is not in the registry, is never published and never filed.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from reports.answers.whatif import compare
from reports.answers.whatif.asked import Asked
from reports.model import Document, Facts, Field, ReportRequest, Table, Text
from reports.money import dollar_span

NAME: Final = "aca_whatif"
TOTAL: Final = compare.MEASURES["total"]
NOTHING_SET: Final = "Nothing is set: every model was replayed on the published rows."

_KEY: Final = (Field("tax_year", "Tax year", "year"), Field("ein", "EIN", "identifier"))
_AMOUNTS: Final = (
    Field("before_low", "Now, at least", "money"),
    Field("before_high", "Now, at most", "money"),
    Field("after_low", "Then, at least", "money"),
    Field("after_high", "Then, at most", "money"),
    Field("change_low", "Change of the least", "money", is_signed=True),
    Field("change_high", "Change of the most", "money", is_signed=True),
    Field("before_status", "Now is", is_status=True),
    Field("after_status", "Then is", is_status=True),
)
YEAR_FIELDS: Final = (*_KEY, Field("measure", "What"), *_AMOUNTS)
MONTH_FIELDS: Final = (
    *_KEY,
    Field("month", "Month", "integer"),
    Field("measure", "What"),
    *_AMOUNTS,
)
CODE_FIELDS: Final = (
    *_KEY,
    Field("line", "Line"),
    Field("before", "Now"),
    Field("after", "Then"),
    Field("people", "People", "integer"),
    Field("person_months", "Months", "integer"),
    Field("status", "Then is", is_status=True),
)
PERSON_FIELDS: Final = (
    *_KEY,
    Field("employee_number", "Employee number", "identifier", sensitivity="pii"),
    Field("line", "Line"),
    Field("before", "Now", sensitivity="pii"),
    Field("after", "Then", sensitivity="pii"),
    Field("first_month", "First month", "integer"),
    Field("last_month", "Last month", "integer"),
    Field("month_count", "Months", "integer"),
    Field("status", "Then is", is_status=True),
)
SUPPOSED: Final = (
    "A scenario is modelled: the models of the published version, with its own SQL, on its own "
    "rows with the values above in the place of those on file. It is no filing.",
    "A contribution is the employee's share of self-only coverage; the premium stays, so what the "
    "employee pays less the employer pays more. Shares of other coverage levels stay as they are.",
    "A price is a plan's whole premium; the employer bears its change, unless a contribution says "
    "otherwise.",
    "Who is below the hours loses offer and coverage for the year. Who reaches them is offered the "
    "plan that most people of the employer are offered and is supposed not to take it; so the "
    "employer's cost has no upper end. Hours are the average of the months employed on every day; "
    "of whom they are not known, the boxes and the cost are unknown.",
)


def build(
    asked: Asked,
    before: compare.Rows,
    after: compare.Rows,
    request: ReportRequest,
    facts: Facts,
) -> Document:
    """The comparison for one employer and tax year; rows are those of `compare.TARGETS`."""
    changed = compare.changed_codes(before, after)
    months = compare.amounts_by_month(before, after)
    year = compare.amounts_of_year(months)
    status = pl.lit("modelled").alias("status")
    people = changed["employee_id"].n_unique()

    def told(frame: pl.DataFrame) -> pl.DataFrame:
        of = pl.lit(request.tax_year, pl.Int64).alias("tax_year")
        return frame.with_columns(of, pl.lit(facts.ein, pl.String).alias("ein"))

    codes = told(compare.by_code(changed)).with_columns(status)
    persons = told(compare.by_person(changed)).with_columns(status)
    return Document(
        report=NAME,
        title=f"What if: codes, exposure and cost, {request.tax_year}",
        facts=facts,
        request=request,
        verdict=f"{_exposure(year)} The codes of {people} people change.",
        lead="; ".join(asked.words) or NOTHING_SET,
        blocks=(
            Table("year", "The year in dollars", YEAR_FIELDS, told(year)),
            Table("codes", "Values that change, by line", CODE_FIELDS, codes),
            Table("months", "Month by month in dollars", MONTH_FIELDS, told(months)),
            Table("people", "Whose values change", PERSON_FIELDS, persons),
            Text("supposed", "What a scenario supposes", SUPPOSED),
        ),
        status="worksheet",
    )


def is_known(document: Document) -> bool:
    """Whether every amount of the scenario's year is known."""
    years = next(table.frame for table in document.tables() if table.name == "year")
    return not (years["after_status"] == "not_measured").any()


def _exposure(year: pl.DataFrame) -> str:
    rows = year.filter(pl.col("measure") == TOTAL).to_dicts()
    if not rows:
        return (
            "No month has an exposure: the employer is not a large employer or nobody is on file."
        )
    now, then = (
        dollar_span(rows[0][f"{s}_low"], rows[0][f"{s}_high"]) for s in ("before", "after")
    )
    if now == then:
        return f"Exposure stays at {now} for the year, an estimate."
    return f"Exposure of {now} becomes {then} for the year, an estimate."
