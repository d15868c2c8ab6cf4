"""What the checks of filled Forms 1095-C and 1094-C found, the gravest first.

Belongs here: the report's declaration and its pure build. Does not belong here: any check (dbt).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from reports.errors import RequestError
from reports.filings.employer import PERSON_MONTH, employer_of
from reports.model import (
    DATA_FORMATS,
    Document,
    Facts,
    Field,
    Format,
    Report,
    ReportRequest,
    Table,
)

FINDING: Final = "rpt_aca_validation__finding"
CHECKED: Final = "rpt_aca_1094c_monthly__employer"
CLEAN: Final = "No check found anything."
NOTHING: Final = "Nothing was checked: no form is filled in for this year."
NOT_CSV: Final[tuple[Format, ...]] = ("pdf", "xlsx", "xml", "json")

FIELDS: Final = (
    Field("tax_year", "Tax year", "year", on_paper=False),
    Field("ein", "EIN", "identifier", on_paper=False),
    Field("employee_number", "Employee number", "identifier", "blank", "pii"),
    Field("month", "Month", "integer", "blank"),
    Field("box", "Box"),
    Field("rule_id", "Check", "identifier"),
    Field("severity", "Severity"),
    Field("line_14", "Line 14", "identifier", "blank", "pii"),
    Field("line_15", "Line 15", "money", "blank", "pii", unit="$"),
    Field("line_16", "Line 16", "identifier", "blank", "pii"),
    Field("message", "What is wrong"),
    Field("suggested_fix", "What to do"),
    Field("citation", "Citation"),
)

CHECKED_FIELDS: Final = (
    Field("tax_year", "Tax year", "year", on_paper=False),
    Field("ein", "EIN", "identifier", on_paper=False),
    Field("employer_name", "Employer"),
    Field("form_count", "Forms 1095-C checked", "integer"),
)


def build(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
    """The findings of one company and tax year; a draft while one of them is an error."""
    if request.tax_year is None:
        raise RequestError("aca_validation needs a tax year")
    order = ("severity_order", "rule_id", "employee_number", "employee_id", "month")
    found = rows[FINDING].sort(order, nulls_last=True)
    errors = found.filter(pl.col("severity") == "error").height
    warnings = found.filter(pl.col("severity") == "warning").height
    notices = found.height - errors - warnings
    words = f"{errors:,} errors, {warnings:,} warnings, {notices:,} notices."
    return Document(
        report="aca_validation",
        title=f"Checks of Forms 1095-C and 1094-C, {request.tax_year}",
        facts=facts,
        subtitle=employer_of(facts),
        request=request,
        verdict=words if found.height else CLEAN if rows[CHECKED].height else NOTHING,
        lead="",
        blocks=(
            Table("findings", "Findings, the gravest first", FIELDS, found, key=PERSON_MONTH),
            Table("checked", "What was checked", CHECKED_FIELDS, rows[CHECKED], formats=NOT_CSV),
        ),
        status="draft" if errors else "final",
    )


REPORT: Final = Report(
    name="aca_validation",
    title="Checks of Forms 1095-C and 1094-C before they are filed",
    kind="dataset",
    rows=(FINDING, CHECKED),
    formats=DATA_FORMATS,
    build=build,
    sensitivity="pii",
    period="tax_year",
    description="Every check that a filled form fails: box, severity, what is wrong, what to do.",
)
