"""Possible assessments under section 4980H: by month as a range, and the people behind them.

Belongs here: the report's declaration and its pure build. Does not belong here: any amount (dbt).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import polars as pl

from reports.errors import RequestError
from reports.filings.employer import employer_of
from reports.model import DATA_FORMATS, Cell, Document, Facts, Field, Report, ReportRequest, Table

MONTH: Final = "rpt_aca_exposure__month"
PERSON: Final = "rpt_aca_exposure__person"
AMOUNTS: Final = ("a_low", "a_high", "b_low", "b_high", "total_low", "total_high")
COMPUTED: Final = ("computed_total_low", "computed_total_high")
NOTHING: Final = "No month: the employer is not a large employer or nobody is on file."

KINDS: Final = {
    "not_offered": "full-time, not offered",
    "no_minimum_value": "full-time, offered without minimum value",
    "no_safe_harbor": "full-time, offered above every safe harbor",
    "unknown": "not known",
}
_KEY: Final = (
    Field("tax_year", "Tax year", "year", on_paper=False),
    Field("ein", "EIN", "identifier", on_paper=False),
)
MONTH_FIELDS: Final = (
    *_KEY,
    Field("month", "Month", "integer", "blank"),
    Field("mec_offer", "Column (a)", "boolean"),
    Field("full_time_count", "Full-time employees", "integer"),
    Field("reduction", "Left out", "integer"),
    Field("exposed_count", "Unprotected", "integer"),
    Field("credit_exposed_count", "Of them with a credit", "integer"),
    Field("unknown_count", "Not known", "integer"),
    Field("margin_people", "Margin to the share, people", "integer"),
    Field("a_low", "(a) at least", "money", unit="$"),
    Field("a_high", "(a) at most", "money", unit="$"),
    Field("b_low", "(b) at least", "money", unit="$"),
    Field("b_high", "(b) at most", "money", unit="$"),
    Field("total_low", "At least", "money", unit="$"),
    Field("total_high", "At most", "money", unit="$"),
    Field("computed_total_low", "At least, no override", "money", on_paper=False, unit="$"),
    Field("computed_total_high", "At most, no override", "money", on_paper=False, unit="$"),
)
PERSON_FIELDS: Final = (
    *_KEY,
    Field("employee_number", "Employee number", "identifier", sensitivity="pii"),
    Field("department_name", "Department", "text", "blank"),
    Field("kind", "Why", sensitivity="pii", words=KINDS),
    Field("first_month", "First month", "integer"),
    Field("last_month", "Last month", "integer"),
    Field("month_count", "Months", "integer"),
    Field("credit_month_count", "Months with a credit", "integer", sensitivity="pii"),
    Field("b_at_most", "(b) before the cap", "money", sensitivity="pii", unit="$"),
)


def build(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
    """The exposure of one company and tax year; estimates, never a bill."""
    if request.tax_year is None:
        raise RequestError("aca_exposure needs a tax year")
    months = rows[MONTH].sort("month")
    order = ("b_at_most", "month_count", "employee_number", "employee_id", "kind", "department_id")
    people = rows[PERSON].sort(
        order, descending=[True, True, False, False, False, False], nulls_last=True
    )
    totals: dict[str, Cell] = {name: _total(months, name) for name in (*AMOUNTS, *COMPUTED)}
    low, high = totals["total_low"], totals["total_high"]
    words = _words(low, high)
    return Document(
        report="aca_exposure",
        title=f"Exposure under section 4980H, {request.tax_year}",
        facts=facts,
        subtitle=employer_of(facts),
        request=request,
        verdict=words if months.height else NOTHING,
        lead="The lower figure counts premium credits on file only, the upper one supposes them."
        + _without(totals),
        blocks=(
            Table("months", "By month", MONTH_FIELDS, months, totals=totals),
            Table("people", "Unprotected or not known, the costliest first", PERSON_FIELDS, people),
        ),
        status="final",
    )


def _without(totals: Mapping[str, Cell]) -> str:
    """What the overrides change, where they change anything."""
    low, high = (totals[name] for name in COMPUTED)
    if (low, high) == (totals["total_low"], totals["total_high"]):
        return ""
    return f" Without the overrides of people it would be ${low:,} to ${high:,}."


def _words(low: Cell, high: Cell) -> str:
    """Return the year's range in one sentence."""
    if not high:
        return "No month of the year is exposed."
    span = f"${low:,} to ${high:,}" if low != high else f"${high:,}"
    return f"{span} for the year, an estimate."


def _total(months: pl.DataFrame, name: str) -> Decimal:
    return sum((value for value in months[name].to_list()), Decimal("0.00"))


REPORT: Final = Report(
    name="aca_exposure",
    title="Possible assessments under section 4980H, month by month",
    kind="dataset",
    rows=(MONTH, PERSON),
    formats=DATA_FORMATS,
    build=build,
    sensitivity="pii",
    period="tax_year",
    description="(a) and (b) as ranges, the reduction of 30 shared over the group, and the cap.",
)
