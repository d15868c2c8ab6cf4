"""What `source.toml` names must exist, and a row put aside is named by its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.warehouse.conftest import Lander
from warehouse.errors import CallError


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[tables.employe]", r"\[tables.employe\]: no such table; did you mean employee\?"),
        ("[tables.override]", "no such table"),
        (
            '[tables.employee]\ncolumns = {a = "first_nam"}',
            r"columns: a stands for first_nam, which is no column; did you mean first_name\?",
        ),
        ('[tables.employee]\ndates = {nope = "MM/DD/YYYY"}', "dates: nope is no column"),
        ('[tables.employee]\ndates = {created_at = "QQ"}', "dates: created_at is no date but"),
        ('[tables.employee]\ndates = {date_of_birth = "QQ"}', "= QQ is no pattern"),
        ('[tables.employee]\ndates = {date_of_birth = "MM/DD"}', "is no pattern"),
        ('[tables.employee]\ndates = {date_of_birth = "MM/DD/YYYY HH"}', "is no pattern"),
        ('[tables.employee.values]\nnope = {A = "B"}', "values: nope is no column"),
        (
            '[tables.employment_period.values]\nemployment_class = {FT = "fulltime"}',
            "employment_class is never fulltime; did you mean full_time",
        ),
        ('encodding = "utf-8"', "unknown key encodding; known are .*tables"),
    ],
)
def test_a_misspelling_in_source_toml_is_named(
    land: Lander, source: Path, text: str, words: str
) -> None:
    (source / "source.toml").write_text(text + "\n")
    with pytest.raises(CallError, match=words):
        land()


def test_the_first_rows_put_aside_are_named_by_file_row_column_and_reason(
    land: Lander, source: Path
) -> None:
    path = source / "employee.csv"
    text = path.read_text().replace("900-01-0005", "canary-5").replace("900-01-0007", "canary-7")
    path.write_text(text)
    lines = [row.line() for row in land().quarantined]
    assert lines == [
        "employee.csv row 6, employee.ssn: value.ssn_format",
        "employee.csv row 8, employee.ssn: value.ssn_format",
    ]
