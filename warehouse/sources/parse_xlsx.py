"""Reads one sheet of an Excel workbook as text: dates in ISO form, formulas never evaluated.

A formula without a stored value rejects its row; one with a value is used and counted. Rows are
counted in the sheet's bytes, apart from the XML parser. Not here: the container's limits.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path

from lxml import etree

from warehouse.sources.container import ContainerError, open_workbook
from warehouse.sources.parsed import (
    Job,
    Reject,
    Result,
    Rows,
    settle_counts,
    settle_header,
    write_rejects,
)
from warehouse.sources.workbook import Cell, Workbook, WorkbookError, read_workbook

TEXTUAL = frozenset({"text", "enum", "uuid"})


def parse_file(job: Job) -> Result:
    """Return what the workbook of `job` gave, its rows written to `<out>/<table>.parquet`."""
    result = Result(job["table"])
    path = Path(job["path"])
    if path.stat().st_size == 0:
        return result.refuse("file.empty", "the file is empty")
    try:
        with open_workbook(path) as archive:
            _read(read_workbook(archive), job, result)
    except ContainerError as error:
        result.refuse(error.code, error.message)
    except (WorkbookError, etree.XMLSyntaxError, zipfile.BadZipFile, ValueError, IndexError):
        result.refuse("file.corrupt", "the workbook is damaged")
    return result


def _read(book: Workbook, job: Job, result: Result) -> None:
    sheet = _sheet(book, job["sheet"], result)
    if sheet is None:
        return
    rows = book.rows(sheet)
    first = next(rows, None)
    if first is None:
        result.refuse("file.empty", "the sheet is empty, it has no header")
        return
    places = [cell.column for cell in first[1]]
    header = settle_header([cell.text for cell in first[1]], job, result)
    if result.refusal:
        return
    names = dict(zip(places, header, strict=True))
    gathered, bad, odd = Rows(), list[Reject](), Counter[tuple[str, str]]()
    for number, cells in rows:
        reason, detail = _reason(cells, names)
        if reason:
            raw = ",".join(cell.text for cell in cells).encode()
            bad.append(Reject(number, number, reason, raw, detail))
        else:
            gathered.add(number, {names[c.column]: c.text or None for c in cells})
            odd.update(_odd(cells, names, job))
    result.rejected = len(bad)
    if settle_counts(result, book.count_rows(sheet) - 1, gathered.count):
        _note(odd, book, result)
        gathered.write(Path(job["out"]) / f"{result.table}.parquet", header, job["rows_key"])
        write_rejects(Path(job["out"]), result.table, bad, job["rows_key"])


def _sheet(book: Workbook, wanted: str, result: Result) -> str | None:
    """Return the sheet to read; a workbook of several needs `sheet` in source.toml."""
    if wanted in book.sheets:
        return wanted
    if not wanted and len(book.sheets) == 1:
        return next(iter(book.sheets))
    shown = ", ".join(name[:31] for name in list(book.sheets)[:10]) or "none"
    what = f"no sheet {wanted}" if wanted else f"{len(book.sheets)} sheets"
    result.refuse("file.sheet", f"{what}; name one of these as sheet in source.toml: {shown}")
    return None


def _reason(cells: list[Cell], names: dict[int, str]) -> tuple[str, str]:
    """Return why a row cannot be taken and where, or two empty texts."""
    for cell in cells:
        column = names.get(cell.column, "")
        if not column:
            return "row.long", "a cell stands beyond the header"
        if cell.formula == "no_value":
            return "value.formula_without_value", column
        if cell.kind == "error":
            return "value.excel_error", column
    return "", ""


def _odd(cells: list[Cell], names: dict[int, str], job: Job) -> list[tuple[str, str]]:
    found = []
    for cell in cells:
        name = names[cell.column]
        if cell.formula:
            found.append(("value.from_formula", name))
        if cell.kind == "number" and job["columns"].get(name) in TEXTUAL:
            found.append(("value.number_as_text", name))
        if cell.kind == "date":
            found.append(("date", name))
    return found


def _note(odd: Counter[tuple[str, str]], book: Workbook, result: Result) -> None:
    words = {
        "value.from_formula": "cells hold a formula; its stored value was taken",
        "value.number_as_text": "cells are stored as numbers; leading zeros may be lost",
    }
    for (code, name), count in sorted(odd.items()):
        if code in words:
            result.note(code, f"{count} {words[code]}", 4, name, count)
    if book.is_1904 and any(code == "date" for code, _ in odd):
        result.note("value.date_1904", "dates count from 1904 and were read so", 5)
