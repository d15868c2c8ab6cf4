"""The folder of a source: which files it has, what its columns are called, how dates are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.warehouse.conftest import COMPANY, Lander, uid
from warehouse.errors import CallError

Rows = Callable[[str], list[tuple[object, ...]]]


def test_column_order_changes_nothing(land: Lander, source: Path) -> None:
    before = land().tables["employee"].content_hash
    path = source / "employee.csv"
    shuffled = [",".join(reversed(line.split(","))) for line in path.read_text().splitlines()]
    path.write_text("\n".join(shuffled) + "\n")
    assert land().tables["employee"].content_hash == before


def test_declared_date_pattern_and_column_name_are_read(
    land: Lander, source: Path, rows: Rows
) -> None:
    header = "id,worker,company_id,start_date,employment_class\n"
    (source / "employment_period.csv").write_text(
        header + f"{uid(500)},{uid(1)},{COMPANY},02/03/2024,full_time\n"
    )
    (source / "source.toml").write_text(
        '[tables.employment_period]\ncolumns = {worker = "employee_id"}\n'
        'dates = {start_date = "MM/DD/YYYY"}\n'
    )
    land()
    assert rows("select cast(start_date as varchar) from landing.employment_period") == [
        ("2024-02-03",)
    ]


def test_a_mapped_column_that_the_file_lacks_holds_the_table(land: Lander, source: Path) -> None:
    (source / "source.toml").write_text('[tables.employee]\ncolumns = {Given = "middle_name"}\n')
    [refusal] = land().refusals
    assert refusal.line() == (
        "employee: employee.csv: no column Given, which source.toml says stands for middle_name "
        "[mapping.column_missing]: write the name as it stands there, or take the line out "
        "of source.toml"
    )


def test_an_unknown_key_in_source_toml_is_named(land: Lander, source: Path) -> None:
    (source / "source.toml").write_text('encodding = "utf-8"\n')
    with pytest.raises(CallError, match="unknown key encodding"):
        land()


def test_a_folder_without_known_files_is_a_wrong_call(land: Lander, source: Path) -> None:
    for path in source.iterdir():
        path.unlink()
    (source / "payroll.csv").write_text("a\n1\n")
    with pytest.raises(CallError, match="no file of a known table"):
        land()


def test_an_unknown_file_is_left_alone_and_named(land: Lander, source: Path, rows: Rows) -> None:
    """Case BI-044."""
    (source / "employees.csv").write_text("id\n1\n")
    land()
    [(message,)] = rows("select message from landing.finding where reason_code = 'file.unknown'")
    assert "did you mean employee.csv" in str(message)
