"""Parts II to IV of Form 1094-C as tables: the transmittal, each month, the other members.

Belongs here: the report's declaration and its pure build. Does not belong here: any count or share
(dbt), or the drawn form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from reports.errors import RequestError
from reports.filings.employer import employer_of
from reports.model import DATA_FORMATS, Document, Facts, Field, Report, ReportRequest, Table

MONTH: Final = "rpt_aca_1094c_monthly__month"
EMPLOYER: Final = "rpt_aca_1094c_monthly__employer"
MEMBER: Final = "rpt_aca_1094c_monthly__member"
DUE: Final = "rpt_aca_1094c_monthly__due_date"
STATE: Final = "rpt_aca_1094c_monthly__state"
SIZE: Final = "rpt_aca_1094c_monthly__size"
SIZE_WORDS: Final = {"ale": "large", "not_ale": "not large", "unknown": "not declared"}
DATE_WHY: Final = "date_why"
DUTIES: Final = {
    "furnish": "Furnish Forms 1095-C",
    "file_on_paper": "File on paper",
    "file_electronically": "File electronically",
    "file_with_form_8809": "File, extended by Form 8809",
    "correct_at_lower_penalty": "Correct at the middle penalty",
    "keep_website_notice": "Keep the notice on the website",
}
WHY: Final = "unknown_reason"
NOTHING: Final = "No Form 1094-C: the employer is not a large employer or nobody is on file."

_KEY: Final = (
    Field("tax_year", "Tax year", "year", on_paper=False),
    Field("ein", "EIN", "identifier", on_paper=False),
)


def _known(name: str, label: str) -> Field:
    return Field(name, label, "boolean", "blank", reason=f"{name}__why")


def _count(name: str, label: str) -> Field:
    return Field(name, label, "integer", "blank", reason=f"{name}__why")


MONTH_FIELDS: Final = (
    *_KEY,
    Field("month", "Month", "integer"),
    _known("mec_offer", "(a) Minimum essential coverage offer"),
    _count("full_time_count", "(b) Full-time employees"),
    _count("total_employee_count", "(c) Total employees"),
    _known("aggregated_group", "(d) Aggregated group"),
    Field("offered_count", "Offered", "integer", "blank"),
    Field("not_offered_count", "Not offered", "integer", "blank"),
    Field("unknown_count", "Not known", "integer", "blank"),
    Field("offer_pct", "Offered", "decimal", "blank", unit="%", places=2),
    Field(WHY, "Why unknown", null="blank"),
)
EMPLOYER_FIELDS: Final = (
    *_KEY,
    Field("employer_name", "Employer"),
    _count("form_count", "Line 18: Forms 1095-C here"),
    Field("is_authoritative", "Line 19: authoritative", "boolean"),
    _count("total_form_count", "Line 20: Forms 1095-C in all"),
    _known("is_group_member", "Line 21: aggregated group"),
    Field("is_qualifying_offer_method", "Line 22 A: qualifying offer method", "boolean"),
    Field("is_ninety_eight_percent_method", "Line 22 D: 98 % offer method", "boolean"),
    Field("total_count_day", "Column (c) counted on", words={}),
    Field("is_total_count_day_assumed", "Day assumed", "boolean"),
    Field(WHY, "Why unknown", null="blank"),
)
MEMBER_FIELDS: Final = (
    *_KEY,
    Field("position", "Place", "integer"),
    Field("member_name", "Other member of the group"),
    Field("member_ein", "Its EIN", "identifier"),
    Field("month_count", "Months", "integer"),
    Field(
        "average_full_time_count",
        "Average full-time employees",
        "decimal",
        "blank",
        reason=WHY,
        places=2,
    ),
)
_STATUS: Final = (
    Field("status", "Date is"),
    Field("citation", "Citation"),
    Field("note", "Note", null="blank"),
)
DUE_FIELDS: Final = (
    *_KEY,
    Field("duty", "Duty", words=DUTIES),
    Field("due_date", "Last day", "date", "unknown"),
    Field("nominal_date", "Before weekends and holidays", "date", "unknown"),
    *_STATUS,
)
STATE_FIELDS: Final = (
    *_KEY,
    Field("state", "State"),
    Field("who_files", "Who files"),
    Field("what_is_filed", "What"),
    Field("how_it_is_filed", "How", null="blank"),
    Field("file_date", "File by", "date", "blank", reason=DATE_WHY),
    Field("furnish_date", "Furnish by", "date", "blank", reason=DATE_WHY),
    *_STATUS,
)
SIZE_FIELDS: Final = (
    *_KEY,
    Field("declared_status", "Declared", words=SIZE_WORDS),
    Field("computed_status", "By the workforce", words=SIZE_WORDS),
    Field("average_least", "Average workforce, at least", "integer"),
    Field("average_most", "Average workforce, at most", "integer"),
    Field("large_employer_size", "Large from, people", "integer"),
    Field("months_above", "Months above", "integer"),
    Field("status", "Number is"),
    Field("citation", "Citation"),
)
_PARTS: Final = {
    MONTH: ("mec_offer", "full_time_count", "total_employee_count", "aggregated_group"),
    EMPLOYER: ("form_count", "total_form_count", "is_group_member"),
}


def build(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
    """The transmittal of one company and tax year; a draft while anything in it is unknown."""
    if request.tax_year is None:
        raise RequestError("aca_1094c_monthly needs a tax year")
    months = _with_reasons(rows[MONTH], MONTH).sort("month")
    employers = _with_reasons(rows[EMPLOYER], EMPLOYER)
    members = rows[MEMBER].sort("position", "member_ein")
    open_months = int(months[WHY].is_not_null().sum())
    unknown = open_months + sum(int(f[WHY].is_not_null().sum()) for f in (employers, members))
    missed = months.filter(~pl.col("mec_offer"))["month"].to_list()
    return Document(
        report="aca_1094c_monthly",
        title=f"Form 1094-C, Parts II to IV, {request.tax_year}",
        facts=facts,
        subtitle=employer_of(facts),
        request=request,
        verdict=_verdict(months.height, open_months, unknown, missed),
        lead=_lead(rows[SIZE], unknown),
        blocks=(
            Table("transmittal", "Lines 18 to 22", EMPLOYER_FIELDS, employers),
            Table("months", "Part III, month by month", MONTH_FIELDS, months),
            Table("members", "Part IV, other members of the group", MEMBER_FIELDS, members),
            Table("size", "Large or not, by the year before", SIZE_FIELDS, rows[SIZE]),
            Table("due_dates", "When it is due", DUE_FIELDS, rows[DUE].sort("due_date", "duty")),
            Table("states", "States that ask for it too", STATE_FIELDS, _states(rows[STATE])),
        ),
        status="draft" if unknown else "final",
    )


def _lead(size: pl.DataFrame, unknown: int) -> str:
    """Say where the workforce of the year before speaks against what is declared, and what else."""
    words = "The last column of each row says what is missing." if unknown else ""
    for row in size.iter_rows(named=True):
        declared, computed = row["declared_status"], row["computed_status"]
        if computed and computed != declared:
            said = SIZE_WORDS.get(declared, SIZE_WORDS["unknown"])
            found = f"The workforce of {row['tax_year'] - 1} makes the employer"
            words = f"{found} {SIZE_WORDS[computed]}; declared is: {said}. {words}".rstrip()
    return words


def _states(frame: pl.DataFrame) -> pl.DataFrame:
    """States in order; a date that is not on file says so, one that does not exist is blank."""
    why = pl.when(pl.col("status") == "unknown").then(pl.col("note")).alias(DATE_WHY)
    return frame.with_columns(why).sort("state")


def _verdict(months: int, open_months: int, unknown: int, missed: list[int]) -> str:
    if not months:
        return NOTHING
    if open_months:
        return f"Part III is undecided in {open_months} of {months} months."
    if unknown:
        return "Parts II and IV are undecided."
    if missed:
        return f"Column (a) is No in {len(missed)} of {months} months."
    return f"Column (a) is Yes in all {months} months."


def _with_reasons(frame: pl.DataFrame, model: str) -> pl.DataFrame:
    flags = {name: f"is_{name.removeprefix('is_')}_unknown" for name in _PARTS[model]}
    if model == EMPLOYER:
        flags["total_form_count"] = "is_form_count_unknown"
    why = pl.col(WHY).fill_null("unknown")
    return frame.with_columns(
        pl.when(pl.col(flag)).then(why).alias(f"{name}__why") for name, flag in flags.items()
    )


REPORT: Final = Report(
    name="aca_1094c_monthly",
    title="Form 1094-C: the transmittal, its months and the other members of the group",
    kind="dataset",
    rows=(MONTH, EMPLOYER, MEMBER, SIZE, DUE, STATE),
    formats=DATA_FORMATS,
    build=build,
    sensitivity="aggregate",
    period="tax_year",
    description="Offer share and counts by month, certifications, members, due dates, states.",
)
