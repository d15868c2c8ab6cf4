"""The rows behind Form 1095-C as reports of their own: codes, Part III, and who gets no form.

Belongs here: declarations over published rows. Does not belong here: the form (report.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from reports.filings.aca_1095c.lines import MONTHS
from reports.filings.employer import PERSON_MONTH, employer_of
from reports.model import (
    DATA_FORMATS,
    Document,
    Facts,
    Field,
    FieldType,
    Report,
    ReportRequest,
    Table,
    WorkItem,
)

CODE: Final = "rpt_aca_1095c__code"
COVERED: Final = "rpt_aca_1095c__covered_individual"
NO_FORM: Final = "rpt_aca_no_form__person"
WHY_MISSING: Final = "unknown_reason"
NOTHING: Final = "Nobody: there is nothing to list for this year."


def _identifier(name: str, label: str, sensitivity: str = "pii") -> Field:
    return Field(name, label, "identifier", sensitivity=sensitivity)


def _code_field(name: str, label: str, kind: FieldType = "identifier", unit: str = "") -> Field:
    return Field(name, label, kind, "blank", "pii", unit=unit, reason=f"{name}__why")


_KEY: Final = (
    Field("tax_year", "Tax year", "year", on_paper=False),
    Field("ein", "EIN", "identifier", sensitivity="pii", on_paper=False),
    _identifier("employee_number", "Employee number"),
)
CODE_FIELDS: Final = (
    *_KEY,
    Field("month", "Month", "integer"),
    Field("employed", "Employed", "boolean", sensitivity="pii"),
    Field("full_time", "Full-time", "boolean", sensitivity="pii"),
    Field("lnap", "Limited non-assessment period", "boolean", sensitivity="pii"),
    _code_field("line_14", "Line 14"),
    _code_field("line_15", "Line 15", "money", "$"),
    _code_field("line_16", "Line 16"),
    Field("line_17", "Line 17", "identifier", "blank", "pii"),
    _code_field("plan_start_month", "Plan start month"),
    Field("age", "Age on January 1", "integer", "blank", "pii"),
    Field("rule_14", "Rule of line 14", null="blank", on_paper=False),
    Field("rule_15", "Rule of line 15", null="blank", on_paper=False),
    Field("rule_16", "Rule of line 16", null="blank", on_paper=False),
    Field("form", "Form"),
    Field(WHY_MISSING, "Why unknown", null="blank"),
    Field("computed_14", "Computed line 14", null="blank", sensitivity="pii", on_paper=False),
    Field("computed_16", "Computed line 16", null="blank", sensitivity="pii", on_paper=False),
)
PART_3_FIELDS: Final = (
    *_KEY,
    Field("position", "Position", "integer", on_paper=False),
    Field("first_name", "First name", null="blank", sensitivity="pii"),
    Field("middle_initial", "Middle initial", null="blank", sensitivity="pii", on_paper=False),
    Field("last_name", "Last name", null="blank", sensitivity="pii"),
    Field("suffix", "Suffix", null="blank", sensitivity="pii", on_paper=False),
    Field("ssn", "SSN or other TIN", "identifier", "blank", "pii"),
    Field("date_of_birth", "Date of birth", "date", "blank", "pii"),
    Field("is_all_year", "All 12 months", "boolean", sensitivity="phi", on_paper=False),
    *(Field(f"is_{m}", m.capitalize(), "boolean", sensitivity="phi") for m in MONTHS),
    Field("form", "Form", on_paper=False),
    Field("is_recipient", "Gets the form", "boolean", "blank", "pii", on_paper=False),
    Field("origin_code", "Origin of the coverage", "identifier", "blank", on_paper=False),
    Field(WHY_MISSING, "Why unknown", null="blank", on_paper=False),
)
NO_FORM_FIELDS: Final = (
    *_KEY,
    Field("form", "Form"),
    Field("reason", "Why"),
)


def _build_codes(
    rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts
) -> Document:
    flags = {
        "line_14": "is_line_14_unknown",
        "line_15": "is_line_15_unknown",
        "line_16": "is_line_16_unknown",
        "plan_start_month": "is_plan_start_unknown",
    }
    why = pl.col(WHY_MISSING).fill_null("unknown")
    frame = (
        rows[CODE]
        .sort("employee_number", "employee_id", "month")
        .with_columns(
            pl.when(pl.col(flag)).then(why).alias(f"{n}__why") for n, flag in flags.items()
        )
    )
    unknown = int(frame[WHY_MISSING].is_not_null().sum())
    table = Table("aca_codes", "Codes of Form 1095-C", CODE_FIELDS, frame, key=PERSON_MONTH)
    words = f"{frame.height:,} months, every cell known."
    if unknown:
        words = f"{unknown:,} of {frame.height:,} months have an unknown cell."
    return _document(table, words, request, facts, is_draft=unknown > 0)


def _build_part_3(
    rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts
) -> Document:
    frame = rows[COVERED].sort("employee_number", "employee_id", "position")
    title = "Covered individuals of self-insured plans"
    key = ("employee_number", "first_name", "last_name")
    table = Table("aca_part_iii", title, PART_3_FIELDS, frame, key=key)
    forms = frame["employee_id"].n_unique()
    words = f"{_many(frame.height, 'covered individual')} on {_many(forms, 'form')}."
    items = _open_1095_b(frame, request)
    if items:
        words += (
            f" {len(items):,} of Form 1095-B open." if len(items) > 1 else " 1 Form 1095-B open."
        )
    return _document(table, words, request, facts, is_draft=bool(items), items=items)


def _open_1095_b(frame: pl.DataFrame, request: ReportRequest) -> tuple[WorkItem, ...]:
    """What keeps each Form 1095-B open, once; that of Form 1095-C stands on its own list."""
    rows = frame.filter((pl.col("form") == "1095-B") & pl.col(WHY_MISSING).is_not_null())
    once = rows.unique(["employee_number", "open_reason"], maintain_order=True)
    return tuple(_work_item(row, request) for row in once.iter_rows(named=True))


def _work_item(row: Mapping[str, Any], request: ReportRequest) -> WorkItem:
    table, _, column = str(row[WHY_MISSING]).partition(":")[0].partition(".")
    return WorkItem(
        what=f"Form 1095-B {request.tax_year}, employee {row['employee_number']}, Part IV",
        why=row[WHY_MISSING],
        owner=str(row["owner"]),
        table=table,
        column=column,
        key=str(row["employee_number"]),
    )


def _build_no_form(
    rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts
) -> Document:
    frame = rows[NO_FORM].sort("employee_number", "employee_id")
    table = Table("aca_no_form", "Who gets no form, and why", NO_FORM_FIELDS, frame)
    people = "1 person gets" if frame.height == 1 else f"{frame.height:,} people get"
    return _document(table, f"{people} no form.", request, facts)


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _document(
    table: Table,
    words: str,
    request: ReportRequest,
    facts: Facts,
    is_draft: bool = False,
    items: tuple[WorkItem, ...] = (),
) -> Document:
    return Document(
        report=table.name,
        title=f"{table.title}, {request.tax_year}",
        facts=facts,
        request=request,
        verdict=words if table.frame.height else NOTHING,
        lead="",
        blocks=(table,),
        status="draft" if is_draft else "final",
        subtitle=employer_of(facts),
        work_items=items,
    )


CODES: Final = Report(
    name="aca_codes",
    title="Codes of Form 1095-C, month by month, with the rule behind each",
    kind="dataset",
    rows=(CODE,),
    formats=DATA_FORMATS,
    build=_build_codes,
    sensitivity="pii",
    period="tax_year",
)
PART_3: Final = Report(
    name="aca_part_iii",
    title="Covered individuals of self-insured plans",
    kind="dataset",
    rows=(COVERED,),
    formats=DATA_FORMATS,
    build=_build_part_3,
    sensitivity="phi",
    period="tax_year",
)
WITHOUT_FORM: Final = Report(
    name="aca_no_form",
    title="Who gets no Form 1095-C, and why",
    kind="dataset",
    rows=(NO_FORM,),
    formats=DATA_FORMATS,
    build=_build_no_form,
    sensitivity="pii",
    period="tax_year",
)
