"""Form 1095-C: the drawn forms, the same boxes as tables, and what is still unknown.

Belongs here: the report's declaration and its pure build. Does not belong here: any decision about
a code (dbt), the columns of a box (lines.yml, boxes.py), drawing (render/form.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from reports.errors import RequestError
from reports.filings.aca_1095c.boxes import WHY, covered_boxes, recipient_boxes
from reports.filings.aca_1095c.lines import ALL_AND_MONTHS, Line, layout_of, load_lines, year_of
from reports.filings.aca_1095c.pages import build_pages, unknown_of
from reports.filings.aca_1095c.recipient_copy import copy_of, truncated
from reports.model import (
    WORST_GRADE,
    Block,
    Document,
    Facts,
    Field,
    FieldType,
    Format,
    FormPages,
    Report,
    ReportRequest,
    Table,
    Text,
    WorkItem,
)

CODE: Final = "rpt_aca_1095c__code"
RECIPIENT: Final = "rpt_aca_1095c__recipient"
COVERED: Final = "rpt_aca_1095c__covered_individual"
WORK: Final = "rpt_aca_1095c__work_item"
LAW: Final = "rpt_aca_1095c__law_value"
DATA: Final[tuple[Format, ...]] = ("xlsx", "csv", "xml", "json")
UNSEEN: Final = (
    "The official form of {year} has not been seen: on paper this copy stays a draft; recipients "
    "may get theirs (copy=recipient)."
)
NEXT: Final = (
    "A month is decided when it is over and its facts are on file. Make the set again after that."
)
MONTH_LABELS: Final = {month: month.capitalize() for month in ALL_AND_MONTHS} | {
    "all": "all 12 months"
}


def build(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
    """The whole set of one company and tax year; a draft while any box is unknown."""
    if request.tax_year is None:
        raise RequestError("aca_1095c needs a tax year")
    copy = copy_of(request)
    codes, items = rows[CODE], rows[WORK]
    recipients = recipient_boxes(rows[RECIPIENT], codes)
    covered = covered_boxes(rows[COVERED])
    if copy:
        recipients, covered = truncated(recipients, "line_2"), truncated(covered, "ssn")
    undecided = codes.filter(pl.col("form") == "unknown")["employee_id"].n_unique()
    incomplete = _incomplete(recipients, covered)
    is_substitute = not (copy or year_of(request.tax_year).is_seen)
    is_open = bool(undecided or incomplete or items.height or facts.grade == WORST_GRADE)
    is_draft = is_open or is_substitute
    layout = layout_of(request.tax_year)
    pages = build_pages(recipients, covered, items, facts, is_draft, request)
    forms: tuple[Block, ...] = (FormPages("forms", layout, pages),) if pages else ()
    verdict, lead = _words(recipients.height, incomplete, undecided, items.height)
    if is_substitute and not is_open:
        lead = UNSEEN.format(year=request.tax_year)
    return Document(
        report="aca_1095c",
        title=f"Form 1095-C, {request.tax_year}" + (", recipient copy" if copy else ""),
        facts=facts,
        request=request,
        verdict=verdict,
        lead=lead,
        blocks=(
            *forms,
            *_words_of_pdf(bool(pages), undecided, verdict, lead),
            *_tables(recipients, covered, items),
        ),
        status="draft" if is_draft else "final",
        nothing_due="" if pages or undecided else "no form due",
        work_items=tuple(_work_item(row) for row in items.sort(_ORDER).iter_rows(named=True)),
        subtitle=load_lines().title,
        copy=copy,
    )


_ORDER: Final = ("employee_number", "box", "first_month", "refusal_id")


def _words_of_pdf(has_pages: bool, undecided: int, verdict: str, lead: str) -> tuple[Block, ...]:
    """People without a page stand on the work list, which the PDF shows with this text."""
    if undecided:
        words = lead if has_pages else NEXT
        return (Text("undecided", "Not decided", (words,), formats=("pdf",)),)
    return () if has_pages else (Text("no_form", "No form", (verdict,), formats=("pdf",)),)


def _incomplete(recipients: pl.DataFrame, covered: pl.DataFrame) -> int:
    """How many recipients have a box that is unknown."""
    found = [
        frame.filter(pl.any_horizontal(pl.col(f"^.*{WHY}$").is_not_null()))["employee_id"]
        for frame in (recipients, covered)
    ]
    return int(pl.concat(found).n_unique()) if recipients.height else 0


def _words(forms: int, incomplete: int, undecided: int, items: int) -> tuple[str, str]:
    if not forms and not undecided:
        return "No Form 1095-C is due.", "Nobody in this company and year is due a form."
    if not incomplete and not undecided:
        complete = f"All {forms:,} forms are" if forms > 1 else "The one form is"
        return f"{complete} complete.", "Every box is decided from the data on file."
    parts = [f"{forms - incomplete:,} of {forms:,} forms are complete"] if forms else []
    if undecided:
        people = "1 person is" if undecided == 1 else f"{undecided:,} people are"
        parts.append(f"{people} undecided")
    lead = "The tax year is not over at the as-of date, so nothing can be final."
    if items:
        stand = f"{items:,} open items stand" if items > 1 else "1 open item stands"
        lead = f"{stand} on the work list; the set is a draft until then."
    return ", ".join(parts) + ".", lead


def _work_item(row: Mapping[str, object]) -> WorkItem:
    table, _, column = str(row["missing"]).partition(".")
    return WorkItem(
        what=f"Form 1095-C {row['tax_year']}, employee {row['employee_number']}, {row['box']}",
        why=unknown_of(row),
        owner=str(row["owner"]),
        table=table,
        column=column,
        key=str(row["employee_number"]),
    )


def _tables(
    recipients: pl.DataFrame, covered: pl.DataFrame, items: pl.DataFrame
) -> tuple[Table, ...]:
    return (
        Table(
            name="form",
            title="Boxes of Parts I and II",
            note="One row per recipient; a box stands under the name it has on the form.",
            fields=_form_fields(recipients),
            frame=recipients,
            formats=DATA,
            question="What does each box say?",
        ),
        Table(
            name="covered_individual",
            title="Part III, covered individuals",
            note="One row per covered individual; a month counts from one covered day on.",
            fields=_covered_fields(),
            frame=covered,
            formats=DATA,
            question="Who was covered in which month?",
        ),
        Table(
            name="work_item",
            title="What keeps the set a draft",
            note="One row per person, box and reason.",
            fields=_work_fields(),
            frame=items.sort(_ORDER),
            formats=DATA,
            question="What is unknown, and who can supply it?",
        ),
    )


def _form_fields(frame: pl.DataFrame) -> tuple[Field, ...]:
    fields = [Field("employee_number", "Employee number", "identifier", sensitivity="pii")]
    for line in load_lines().entries:
        if line.rows in {"recipient", "code"}:
            fields.extend(_field(line, box, frame) for box in line.boxes())
    return tuple(fields)


def _field(line: Line, box: str, frame: pl.DataFrame) -> Field:
    month = box.rpartition("_")[2]
    of_month = f", {MONTH_LABELS[month]}" if "{month}" in line.box else ""
    number = box.split("_")[1] + " " if box.startswith("line_") else ""
    return Field(
        name=box,
        label=f"{number}{line.label}{of_month}",
        type=_type(line),
        null="blank",
        sensitivity=line.sensitivity,
        reason=box + WHY if box + WHY in frame.columns else None,
    )


def _type(line: Line) -> FieldType:
    types: dict[str, FieldType] = {
        "text": "text",
        "identifier": "identifier",
        "money": "money",
        "date": "date",
        "boolean": "boolean",
    }
    return types[line.kind]


def _covered_fields() -> tuple[Field, ...]:
    head = (
        Field("employee_number", "Employee number", "identifier", sensitivity="pii"),
        Field("position", "Position", "integer"),
        Field("first", "First name", sensitivity="pii", null="blank", reason="first" + WHY),
        Field("middle", "Middle initial", sensitivity="pii", null="blank"),
        Field("last", "Last name", sensitivity="pii", null="blank", reason="last" + WHY),
        Field("ssn", "SSN or other TIN", "identifier", "blank", "pii", reason="ssn" + WHY),
        Field("dob", "Date of birth", "date", "blank", "pii"),
    )
    months = (
        Field(month, f"Covered {MONTH_LABELS[month]}", "boolean", sensitivity="phi")
        for month in ALL_AND_MONTHS
    )
    return (*head, *months)


def _work_fields() -> tuple[Field, ...]:
    return (
        Field("employee_number", "Employee number", "identifier", sensitivity="pii"),
        Field("box", "Box"),
        Field("first_month", "First month", "integer"),
        Field("last_month", "Last month", "integer"),
        Field("missing", "Missing"),
        Field("words", "Why"),
        Field("owner", "Owner"),
    )


REPORT: Final = Report(
    name="aca_1095c",
    title="Form 1095-C, employer-provided health insurance offer and coverage",
    kind="filing",
    rows=(CODE, RECIPIENT, COVERED, WORK, LAW),
    formats=("pdf", *DATA),
    build=build,
    sensitivity="phi",
    period="tax_year",
    law=LAW,
    description="One form per employee who is due one, Part III where coverage is self-insured.",
)
