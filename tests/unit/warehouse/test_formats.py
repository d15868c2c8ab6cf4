"""The same rows in every format land alike; a second load changes one version and no more."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import openpyxl
import polars as pl
import pytest

from tests.unit.warehouse.conftest import EMPLOYEES, Lander, uid

Rows = Callable[[str], list[tuple[object, ...]]]


def rewrite(path: Path, suffix: str) -> None:
    """Write a CSV file's rows in another format and remove it."""
    frame = pl.read_csv(path, infer_schema=False)
    target = path.with_suffix(suffix)
    if suffix == ".parquet":
        frame.write_parquet(target)
    elif suffix == ".jsonl":
        target.write_text("".join(json.dumps(row) + "\n" for row in frame.to_dicts()))
    else:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in [frame.columns, *frame.rows()]:
            sheet.append(list(row))
        book.save(target)
    path.unlink()


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl", ".xlsx"])
def test_the_same_rows_land_alike_from_every_format(
    land: Lander, source: Path, suffix: str
) -> None:
    before = land().content_hashes
    for name in ("company", "employee"):
        rewrite(source / f"{name}.csv", suffix)
    report = land()
    assert report.content_hashes == before
    assert not report.refusals


def test_two_files_of_one_table_are_refused(land: Lander, source: Path) -> None:
    (source / "employee.jsonl").write_text("{}\n")
    assert [r.reason_code for r in land().refusals] == ["file.ambiguous"]


def test_a_number_where_parquet_needs_text_is_refused(land: Lander, source: Path) -> None:
    """Case BI-037."""
    path = source / "employee.csv"
    pl.read_csv(path).with_columns(ssn=pl.lit(12345678)).write_parquet(source / "employee.parquet")
    path.unlink()
    [refusal] = land().refusals
    assert refusal.reason_code == "drift.type"
    assert "ssn is int32, expected text" in refusal.message


def test_only_the_changed_row_gets_a_new_version(land: Lander, source: Path, rows: Rows) -> None:
    """Case BI-047."""
    land()
    path = source / "employee.csv"
    path.write_text(path.read_text().replace("First7,", "Renamed,"))
    report = land()
    assert report.tables["employee"].rows == EMPLOYEES
    assert not report.tables["company"].is_touched
    assert rows("select first_name, _valid_from, _valid_to from history.employee") == [
        ("First7", 1, 2)
    ]
    assert rows("select count(*) from landing.employee where _valid_from = 2") == [(1,)]


def test_a_row_that_breaks_keeps_its_last_version(land: Lander, source: Path, rows: Rows) -> None:
    land()
    path = source / "employee.csv"
    path.write_text(path.read_text().replace("900-01-0005", "12345"))
    report = land()
    assert (report.tables["employee"].rows, report.tables["employee"].rejected) == (EMPLOYEES, 1)
    assert rows(f"select ssn from landing.employee where id = '{uid(5)}'") == [("900010005",)]


def test_the_same_bytes_again_change_nothing(land: Lander, rows: Rows) -> None:
    """Case BI-046."""
    before = land().content_hashes
    report = land()
    assert report.content_hashes == before
    assert not any(table.is_touched for table in report.tables.values())
    assert rows("select count(*) from history.load_table where load_id = 2") == [(0,)]


def test_a_number_that_lost_its_zero_in_a_workbook_is_not_padded(
    land: Lander, source: Path, rows: Rows
) -> None:
    """Case BI-035."""
    rewrite(source / "employee.csv", ".xlsx")
    book = openpyxl.load_workbook(source / "employee.xlsx")
    sheet = book.active
    assert sheet is not None
    column = [cell.value for cell in sheet[1]].index("ssn") + 1
    sheet.cell(6, column).value = 12345678
    book.save(source / "employee.xlsx")
    assert land().tables["employee"].rows == EMPLOYEES - 1
    [(reasons,)] = rows("select reasons from landing.rejected")
    assert "value.ssn_format ssn" in str(reasons)
    assert "12345678" not in str(reasons)


def test_a_file_that_grows_while_it_is_copied_is_not_read(
    land: Lander, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case BI-045."""
    land()
    path = source / "employee.csv"
    path.write_text(path.read_text().replace("First7,", "Renamed,"))
    real = os.fdopen

    def growing(handle: int, mode: str) -> IO[Any]:
        if os.path.samestat(os.fstat(handle), path.stat()):
            with path.open("a") as stream:
                stream.write("more\n")
        return real(handle, mode)

    monkeypatch.setattr(os, "fdopen", growing)
    [refusal] = land().refusals
    assert refusal.reason_code == "file.changing"
    assert "still being written" in refusal.message
