"""Public rows as printed pages: Form 5500, then each Schedule A with as many pages as it needs.

Belongs here: values as they are printed, margin notes, page numbers. Does not belong here: the
columns of a box (lines.yml), where it stands (geometry), drawing (render/form.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from reports.filings.form_5500.lines import (
    CODE_SLOTS,
    FIRST_PAGE_BROKERS,
    MORE_PAGE_BROKERS,
    PART_2_PAGE,
    Box,
    layout_of,
    load_lines,
)
from reports.filings.form_5500.public import WHY
from reports.render.form_layout import FormPage, Layout

WORKSHEET: Final = "Worksheet, not for filing"
DRAFT: Final = "DRAFT worksheet, not for filing"
MOST_NOTES: Final = 3
Row = Mapping[str, Any]
Filled = tuple[dict[str, str], frozenset[str]]


@dataclass(frozen=True)
class Filing:
    """One return to print: its row, its schedules with their recipients, and its margin."""

    row: Row
    schedules: tuple[tuple[Row, tuple[Row, ...]], ...]
    year: int
    edition: int
    version: str
    is_specimen: bool
    is_draft: bool = False

    def label(self) -> str:
        """The return in a bookmark or footer."""
        return f"Plan {self.row['SPONS_DFE_PN'] or '(no number)'}, {self.year}"


def main_pages(filing: Filing) -> tuple[Layout, tuple[FormPage, ...]]:
    """Form 5500 of one return."""
    layout = layout_of("main", filing.year, filing.edition)
    boxes = load_lines().boxes["main"]
    sheets = [(page, fill(boxes, page, filing.row, layout)) for page in sorted(layout.pages)]
    return layout, tuple(_pages(filing, sheets, filing.row, boxes, f"Form 5500, {filing.label()}"))


def schedule_pages(filing: Filing, position: int) -> tuple[Layout, tuple[FormPage, ...]]:
    """One Schedule A of a return; Part II only where it has an entry."""
    layout = layout_of("schedule_a", filing.year, filing.edition)
    row, brokers = filing.schedules[position]
    boxes = load_lines().boxes["schedule_a"]
    sheets = [(1, _merge(fill(boxes, 1, row, layout), _recipients(brokers[:FIRST_PAGE_BROKERS])))]
    rest = brokers[FIRST_PAGE_BROKERS:]
    for start in range(0, len(rest), MORE_PAGE_BROKERS):
        sheets.append((2, _recipients(rest[start : start + MORE_PAGE_BROKERS])))
    part_2 = fill(boxes, PART_2_PAGE, row, layout)
    if any(value.strip("0") for value in part_2[0].values()):
        sheets.append((PART_2_PAGE, part_2))
    sheets.append((4, fill(boxes, 4, row, layout)))
    name = f"Schedule A {row['FORM_ID']}, {filing.label()}"
    return layout, tuple(_pages(filing, sheets, row, boxes, name))


def _pages(
    filing: Filing, sheets: Sequence[tuple[int, Filled]], row: Row, boxes: Sequence[Box], name: str
) -> Iterator[FormPage]:
    for number, (page, (values, unknown)) in enumerate(sheets, 1):
        yield FormPage(
            page=page,
            values=values,
            unknown=unknown,
            footer=f"{name} · Data version {filing.version} · Page {number} of {len(sheets)}",
            notes=_notes(boxes, page, row),
            mark=DRAFT if filing.is_draft else WORKSHEET,
            is_specimen=filing.is_specimen,
            bookmark=name if number == 1 else "",
        )


def _notes(boxes: Sequence[Box], page: int, row: Row) -> tuple[str, ...]:
    """What is unknown on a page, one line each, never more than fit."""
    lines = {column.name: column.line for column in _columns()}
    notes = dict.fromkeys(
        f"Line {lines.get(name, '')} unknown: {row[name + WHY]}."
        for box in boxes
        if box.page == page
        for name in box.columns
        if row.get(name + WHY)
    )
    listed = tuple(notes)
    if len(listed) <= MOST_NOTES:
        return listed
    return (*listed[: MOST_NOTES - 1], f"And {len(listed) - MOST_NOTES + 1} more on the work list.")


def _columns() -> Iterator[Any]:
    for columns in load_lines().columns.values():
        yield from columns


def _recipients(brokers: Sequence[Row]) -> Filled:
    values: dict[str, str] = {}
    unknown: set[str] = set()
    for slot, row in enumerate(brokers, 1):
        filled = _fill(load_lines().boxes["broker"], row)
        values.update({f"{name}_{slot}": value for name, value in filled[0].items()})
        unknown.update(f"{name}_{slot}" for name in filled[1])
    return values, frozenset(unknown)


def _merge(first: Filled, second: Filled) -> Filled:
    return {**first[0], **second[0]}, first[1] | second[1]


def fill(boxes: Sequence[Box], page: int, row: Row, layout: Layout) -> Filled:
    """The values and the unknown boxes of one page; lines an edition lacks are left out."""
    drawn = layout.pages[page].boxes
    values, unknown = _fill([box for box in boxes if box.page == page], row)
    return {k: v for k, v in values.items() if k in drawn}, unknown & drawn.keys()


def _fill(boxes: Sequence[Box], row: Row) -> Filled:
    values: dict[str, str] = {}
    unknown: set[str] = set()
    for box in boxes:
        shown = _shown(box, row)
        values.update(shown)
        if not shown and any(row.get(name + WHY) for name in box.columns):
            unknown.add(box.names()[0])
    return values, frozenset(unknown)


def _shown(box: Box, row: Row) -> dict[str, str]:
    given = [row.get(name) for name in box.columns]
    texts = [_text(box, value) for value in given if value is not None and value != ""]
    if box.kind == "check":
        return {box.name: "X"} if box.equals in texts else {}
    if not texts:
        return {}
    if box.kind == "codes":
        codes = [texts[0][at : at + 2] for at in range(0, len(texts[0]), 2)]
        return {f"{box.name}_{n}": code for n, code in enumerate(codes[:CODE_SLOTS], 1)}
    return {box.name: ", ".join(texts).upper()}


def _text(box: Box, value: str | int | date) -> str:
    if box.kind == "date":
        return _date(value)
    text = str(value)
    if box.kind == "number":
        return f"{int(text):,}" if text.lstrip("-").isdigit() else text
    if box.kind == "ein" and len(text) == 9:
        return f"{text[:2]}-{text[2:]}"
    if box.kind == "phone" and len(text) == 10:
        return f"{text[:3]}-{text[3:6]}-{text[6:]}"
    if box.kind == "zip" and len(text) == 9 and text.isdigit():
        return f"{text[:5]}-{text[5:]}"
    return text


def _date(value: str | int | date) -> str:
    if isinstance(value, date):
        return value.strftime("%m/%d/%Y")
    text = str(value)
    parts = text[:10].split("-")
    return f"{parts[1]}/{parts[2]}/{parts[0]}" if len(parts) == 3 else text
