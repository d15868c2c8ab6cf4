"""Forms and transmittals as CSV: the columns of `aca_codes`, `aca_part_iii` or `aca_1094c_monthly`.

Belongs here: the header, the width of each row, cells by their column. Does not belong here: what
a cell may hold (filed), or AIR files (filed_xml).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from reports.errors import RequestError
from reports.filings.aca_audit.filed import (
    CODE_SCHEMA,
    COVERED_SCHEMA,
    MONTH_SCHEMA,
    MOST_BYTES,
    TICKS,
    BadCell,
    Reading,
    Rows,
    cell,
)
from reports.given import Unread, checked_size

KINDS: Final = {
    "tax_year": "tax_year",
    "ein": "ein",
    "employee_number": "number",
    "month": "month",
    "line_14": "code",
    "line_15": "amount",
    "line_16": "code",
    "line_17": "zip",
    "plan_start_month": "plan_start",
    "age": "count",
    "form": "form",
    "ssn": "tin",
    "first_name": "name",
    "last_name": "name",
    "mec_offer": "boolean",
    "full_time_count": "count",
    "total_employee_count": "count",
    "date_of_birth": "date",
    "is_all_year": "boolean",
    **dict.fromkeys(TICKS, "boolean"),
}
_CODES: Final = (
    *("tax_year", "ein", "employee_number", "month"),
    *("line_14", "line_15", "line_16"),
)
_COVERED: Final = ("tax_year", "ein", "employee_number", "last_name", *TICKS)
_WHOSE: Final = ("tax_year", "ein", "employee_number", "month")
_MONTHS: Final = ("tax_year", "ein", "month", "mec_offer")


def read_csv(path: Path, reading: Reading) -> None:
    """Add the rows of a file; refuse one that is not UTF-8 or has no set of columns."""
    rows = rows_of(path)
    first = next(rows, (1, []))[1]
    needed, schema, into = _layout(_named(first), reading)
    header = header_of(path.name, first, needed, schema)
    for row, cells in rows:
        if not cells:
            continue
        problem = _added(path.name, row, header, cells, tuple(schema), into)
        if problem:
            reading.unread.append(problem)


def _layout(header: list[str], reading: Reading) -> tuple[Sequence[str], Iterable[str], Rows]:
    """Return the columns a file needs, those read, and where its rows go."""
    if "line_14" in header:
        return _CODES, CODE_SCHEMA, reading.codes
    if set(TICKS) & set(header):
        return _COVERED, COVERED_SCHEMA, reading.covered
    return _MONTHS, MONTH_SCHEMA, reading.months


def header_of(
    file: str, first: Sequence[str], needed: Sequence[str], schema: Iterable[str]
) -> list[str]:
    """Return the columns of a file; refuse one that lacks a column or names one twice."""
    header = _named(first)
    missing = [name for name in needed if name not in header]
    if missing:
        raise RequestError(
            f"{file}: row 1: column {missing[0]} is missing; needed: {', '.join(needed)}"
        )
    twice = [name for name in schema if header.count(name) > 1]
    if twice:
        raise RequestError(f"{file}: row 1: column {twice[0]} stands twice")
    return header


def _named(first: Sequence[str]) -> list[str]:
    return [name.strip().lower() for name in first]


def rows_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Return each row of a CSV file with its line; refuse one that is not UTF-8 or not CSV."""
    line = 1
    try:
        with checked_size(path, MOST_BYTES).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            for cells in reader:
                line = reader.line_num
                yield line, cells
    except OSError as error:
        raise RequestError(f"{path}: cannot be read") from error
    except UnicodeDecodeError as error:
        raise RequestError(f"{path.name}: after row {line}: it is not UTF-8: save it so") from error
    except csv.Error as error:
        words = f"after row {line}: it cannot be read as CSV: a quote?"
        raise RequestError(f"{path.name}: {words}") from error


def _added(
    file: str,
    row: int,
    header: list[str],
    cells: list[str],
    columns: tuple[str, ...],
    into: Rows,
) -> Unread | None:
    """Add one row; return why it, or one cell of it, was not read."""
    if len(cells) != len(header):
        words = f"{len(cells)} cells where the header has {len(header)}"
        return Unread(file, row, "the whole row", words)
    given = dict(zip(header, cells, strict=True))
    values: dict[str, object] = {"file": file, "row": row, "is_unread": False}
    values["has_part_iii"] = False  # Part III stands in a file of its own
    problem = None
    for name in columns:
        if name not in KINDS:
            continue
        try:
            values[name] = cell(KINDS[name], given.get(name, "")) if name in given else None
        except BadCell as error:
            problem = problem or Unread(file, row, name, str(error))
            values |= {name: None, "is_unread": True}
            if name in _WHOSE:
                return problem
    values["form_key"] = values.get("employee_number")
    into.append(tuple(values[name] for name in columns))
    return problem
