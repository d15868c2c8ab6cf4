"""Form 5500: the drawn worksheet, the public files, who is counted, and what is still unknown.

Belongs here: the report's declaration and its pure build. Does not belong here: any decision about
a line (dbt), the columns of a box (lines.yml), drawing (render/form.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from reports.errors import RequestError
from reports.filings.form_5500.lines import BROKER, FORM, SCHEDULE, TABLES, load_lines
from reports.filings.form_5500.pages import Filing, main_pages, schedule_pages
from reports.filings.form_5500.public import public_frames, public_table
from reports.filings.form_5500.tables import people_table, requirement_tables, work_table
from reports.model import (
    DATA_FORMATS,
    WORST_GRADE,
    Block,
    Document,
    Facts,
    FormPages,
    Report,
    ReportRequest,
    Text,
    WorkItem,
)

PREFIX: Final = "rpt_form_5500__"
PARTS: Final = ("plan", "schedule_a", "broker", "person", "requirement", "work_item")
LAW: Final = PREFIX + "law_value"


def build(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
    """The worksheet of every plan of one company whose plan year begins in the year asked for."""
    if request.plan_year is None:
        raise RequestError("form_5500 needs a plan year")
    parts = {part: rows[PREFIX + part] for part in PARTS}
    items = parts["work_item"].sort(
        "is_blocking", "plan_number", "form", "form_id", "row_order", "line", "box", "reason",
        descending=[True, *[False] * 7],
    )  # fmt: skip
    requirement = parts["requirement"].sort("plan_number", "start_date", "filing_id")
    frames = public_frames(parts, items)
    stopping = items if facts.grade == WORST_GRADE else items.filter(pl.col("is_blocking"))
    drafts = set(stopping["filing_id"].drop_nulls())
    filings = tuple(_filings(frames, facts, drafts))
    verdict, lead = _words(requirement, frames, items)
    return Document(
        report="form_5500",
        title=f"Form 5500, {request.plan_year}",
        facts=facts,
        request=request,
        verdict=verdict,
        lead=lead,
        blocks=(
            *form_blocks(filings),
            *requirement_tables(requirement),
            *(public_table(table, frames[table]) for table in TABLES),
            people_table(parts["person"]),
            work_table(items),
        ),
        status="worksheet",
        nothing_due="" if filings else _nothing_due(requirement),
        work_items=tuple(_work_item(row) for row in items.iter_rows(named=True)),
        subtitle=f"{load_lines().title}. Worksheet, not for filing.",
        notes=(("Schedule A, Part II", "Printed only where it has an entry."),),
    )


def _filings(
    frames: Mapping[str, pl.DataFrame], facts: Facts, drafts: set[str]
) -> Iterator[Filing]:
    schedules = frames[SCHEDULE].partition_by("_filing_id", as_dict=True)
    brokers = frames[BROKER].partition_by("_filing_id", "_form_id", as_dict=True)
    for row in frames[FORM].iter_rows(named=True):
        key = row["_filing_id"]
        mine = schedules.get((key,))
        yield Filing(
            row=row,
            schedules=tuple(
                (schedule, _rows(brokers.get((key, schedule["_form_id"]))))
                for schedule in _rows(mine)
            ),
            year=row["_plan_year"],
            edition=row["_line_edition"],
            version=facts.data_version[:8],
            is_specimen=facts.is_test_data,
            is_draft=key in drafts,
        )


def _rows(frame: pl.DataFrame | None) -> tuple[dict[str, object], ...]:
    return () if frame is None else tuple(frame.iter_rows(named=True))


def form_blocks(filings: tuple[Filing, ...]) -> Iterator[Block]:
    """The drawn pages: each return, then its Schedules A."""
    if not filings:
        yield Text("no_form", "No form", ("No return is filled in.",), formats=("pdf",))
    for number, filing in enumerate(filings, 1):
        layout, pages = main_pages(filing)
        yield FormPages(f"form_{number}", layout, pages)
        sheets = [schedule_pages(filing, at) for at in range(len(filing.schedules))]
        if sheets:
            every = tuple(page for _, pages in sheets for page in pages)
            yield FormPages(f"schedule_a_{number}", sheets[0][0], every)


def _words(
    requirement: pl.DataFrame, frames: Mapping[str, pl.DataFrame], items: pl.DataFrame
) -> tuple[str, str]:
    counts = {
        status: requirement.filter(pl.col("status") == status).height
        for status in ("required", "not_required", "unknown", "refused")
    }
    schedules = frames[SCHEDULE].height
    if not requirement.height:
        return "No plan has a plan year that begins in this year.", "Nothing can be decided."
    parts = [_count(counts["required"], "return is", "returns are") + " due"]
    if schedules:
        parts[0] += f", with {_count(schedules, 'Schedule A', 'Schedules A')}"
    for status, words in (
        ("not_required", "need not file"),
        ("unknown", "undecided"),
        ("refused", "not filled in here"),
    ):
        if counts[status]:
            parts.append(f"{_count(counts[status], 'plan', 'plans')} {words}")
    return "; ".join(parts) + ".", _lead(frames[FORM], counts["unknown"], counts["refused"], items)


def _nothing_due(requirement: pl.DataFrame) -> str:
    open_plans = requirement.filter(pl.col("status").is_in(["unknown", "refused"])).height
    return "no return filled in: not every plan is decided" if open_plans else "no return due"


def _lead(form: pl.DataFrame, undecided: int, elsewhere: int, items: pl.DataFrame) -> str:
    drawn = pl.col("filing_id").is_in(form["_filing_id"].implode())
    blocking = items.filter(pl.col("is_blocking") & drawn).height
    if blocking:
        words = _count(blocking, "item", "items")
        return f"{words} on the work list must be settled before the returns are final."
    if undecided:
        return "What keeps a plan undecided stands on the work list."
    if not form.height:
        start = "No return is due here, so there is no line to decide"
    else:
        start = "Every line of every return made here is decided from the data on file"
    return f"{start}; what is not filled in is prepared elsewhere." if elsewhere else f"{start}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _work_item(row: Mapping[str, object]) -> WorkItem:
    where = f"plan {row['plan_number'] or row['plan_name']}"
    if row["form_id"] is not None:
        where += f", Schedule A {row['form_id']}"
    line = f", line {row['line']}" if row["line"] else ""
    return WorkItem(
        what=f"Form 5500, {where}{line}",
        why=str(row["reason"]),
        owner=str(row["owner"]),
        table=str(row["source_table"]),
        column=str(row["source_column"] or ""),
        key=str(row["source_key"] or ""),
        is_blocking=bool(row["is_blocking"]),
    )


REPORT: Final = Report(
    name="form_5500",
    title="Form 5500",
    kind="filing",
    rows=(*(PREFIX + part for part in PARTS), LAW),
    formats=DATA_FORMATS,
    build=build,
    sensitivity="pii",
    period="plan_year",
    law=LAW,
    description="Annual return of a welfare plan with one Schedule A per contract; a worksheet.",
)
