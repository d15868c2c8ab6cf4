"""Filled boxes as printed pages: page 1 for each recipient, then Part III on as many as it needs.

Belongs here: values as they are printed, notes in the margin, page numbers.
Does not belong here: column work (boxes.py), drawing (render/form.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

import polars as pl

from reports.filings.aca_1095c.boxes import WHY
from reports.filings.aca_1095c.lines import (
    ALL_AND_MONTHS,
    FIRST_ROW,
    PART_3_PAGE,
    ROWS_PER_PAGE,
    layout_of,
)
from reports.filings.aca_1095c.recipient_copy import copy_of
from reports.model import Facts, ReportRequest
from reports.render.form_layout import FormPage

DRAFT: Final = "DRAFT, NOT FOR FILING"
MONTH_NAMES: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
MOST_NOTES: Final = 6
Row = Mapping[str, Any]


def build_pages(
    recipients: pl.DataFrame,
    covered: pl.DataFrame,
    items: pl.DataFrame,
    facts: Facts,
    is_draft: bool,
    request: ReportRequest,
) -> tuple[FormPage, ...]:
    """Every page of the set, in the order of employee numbers."""
    people = {
        key: list(rows)
        for key, rows in groupby(covered.iter_rows(named=True), lambda row: row["employee_id"])
    }
    notes = {
        key: [note_of(row) for row in rows]
        for key, rows in groupby(
            items.sort("employee_id", "box", "first_month", "refusal_id").iter_rows(named=True),
            lambda row: row["employee_id"],
        )
    }
    printer = _Printer(request, facts, DRAFT if is_draft else "")
    pages: list[FormPage] = []
    for row in recipients.iter_rows(named=True):
        key = row["employee_id"]
        pages.extend(printer.pages(row, people.get(key, ()), notes.get(key, ())))
    return tuple(pages)


def note_of(item: Row) -> str:
    """One work item as a line in the margin: there it must name its place and owner itself."""
    return f"{unknown_of(item)} ({item['missing']}). Owner {item['owner']}."


def unknown_of(item: Row) -> str:
    """Which box of which months is unknown, and why."""
    box = str(item["box"])
    first, last = int(item["first_month"]), int(item["last_month"])
    if box.startswith("line 1") and len(box) == 7:
        span = MONTH_NAMES[first - 1]
        box += f", {span}" if first == last else f", {span} to {MONTH_NAMES[last - 1]}"
    start = box[0].upper() + box[1:]
    return f"{start} unknown: {item['words']}"


class _Printer:
    """The pages of one recipient after another, for one year and data version."""

    def __init__(self, request: ReportRequest, facts: Facts, mark: str) -> None:
        self._boxes = tuple(layout_of(request.tax_year or 0).pages[1].boxes)
        self._copy = " · Recipient copy" if copy_of(request) else ""
        self._version = facts.data_version[:8]
        self._mark = mark

    def pages(self, row: Row, people: Sequence[Row], notes: Sequence[str]) -> Iterator[FormPage]:
        """Page 1 and the pages of Part III of one recipient."""
        chunks = [people[n : n + ROWS_PER_PAGE] for n in range(0, len(people), ROWS_PER_PAGE)]
        is_open = row["part_3_self_insured"] is None
        if is_open and not chunks:
            chunks = [()]
        count = 1 + len(chunks)
        yield self._page(row, 1, self._first(row), 1, count, _shorten(notes))
        for number, chunk in enumerate(chunks, 2):
            filled = _part_3(chunk, is_open)
            yield self._page(row, PART_3_PAGE, filled, number, count, ())

    def _first(self, row: Row) -> tuple[dict[str, str], frozenset[str]]:
        values = {box: shown(row[box]) for box in self._boxes if row.get(box) is not None}
        unknown = frozenset(box for box in self._boxes if row.get(box + WHY) is not None)
        return values, unknown

    def _page(
        self,
        row: Row,
        page: int,
        filled: tuple[dict[str, str], frozenset[str]],
        number: int,
        count: int,
        notes: tuple[str, ...],
    ) -> FormPage:
        employee = row["employee_number"]
        return FormPage(
            page=page,
            values=filled[0],
            unknown=filled[1],
            footer=(
                f"Employee {employee}{self._copy} · Data version {self._version} · "
                f"Page {number} of {count}"
            ),
            notes=notes,
            mark=self._mark,
            is_specimen=bool(row["is_specimen"]),
            bookmark=f"Employee {employee}" if number == 1 else "",
        )


def _part_3(people: Sequence[Row], is_open: bool) -> tuple[dict[str, str], frozenset[str]]:
    values: dict[str, str] = {}
    unknown: set[str] = {"part_3_self_insured"} if is_open else set()
    if people:
        values["part_3_self_insured"] = "X"
    for line, person in enumerate(people, FIRST_ROW):
        for column in ("first", "middle", "last", "ssn", "dob"):
            if person[column] is not None:
                values[f"line_{line}_{column}"] = shown(person[column])
            if person.get(column + WHY) is not None:
                unknown.add(f"line_{line}_{column}")
        values.update({f"line_{line}_{month}": "X" for month in ALL_AND_MONTHS if person[month]})
    return values, frozenset(unknown - values.keys())


def shown(value: str | Decimal | date | bool) -> str:
    """A value as it is printed on the form: text in capitals."""
    if isinstance(value, bool):
        return "X" if value else ""
    if isinstance(value, date):
        return value.strftime("%m/%d/%Y")
    return str(value).upper()


def _shorten(notes: Sequence[str]) -> tuple[str, ...]:
    if len(notes) <= MOST_NOTES:
        return tuple(notes)
    return (*notes[: MOST_NOTES - 1], f"And {len(notes) - MOST_NOTES + 1} more on the work list.")
