"""`benefits report` over a published home: files, exit codes, one line for what is wrong."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from cli.main import run
from reports.custom.catalogue import catalogue
from tests.unit.reports.snapshots import NORTH, SOUTH, publish

METRIC = "create table marts.dim_metric as select 'people_covered' metric_id, 5 minimum_count"
_TYPES = {"money": "decimal(18,2)", "date": "date", "boolean": "boolean", "integer": "integer"}


def _census() -> str:
    fields = catalogue()["enrollment_census"].fields
    columns = ", ".join(f"{n} {_TYPES.get(f.type, 'varchar')}" for n, f in fields.items())
    return (
        "create table reports.rpt_enrollment_census__row "
        f"(company_id varchar, period_end date, amount_reason varchar, {columns})"
    )


def _row(company: str, day: str, number: str) -> str:
    return (
        "insert into reports.rpt_enrollment_census__row "
        "(company_id, period_end, employee_number, last_name, total_amount) "
        f"values ('{company}', '{day}', '{number}', 'Chen', 12.50)"
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one enrollment of each company in October 2026, and one of September."""
    rows = [_row(NORTH, "2026-10-31", "007"), _row(SOUTH, "2026-10-31", "008")]
    rows += [_row(NORTH, "2026-09-30", "009"), METRIC]
    return publish(tmp_path / "home", _census(), *rows)


def _call(home: Path, out: Path, *arguments: str) -> int:
    return run(["report", "enrollment_census", "--home", str(home), "--out", str(out), *arguments])


def test_each_active_company_gets_a_file_for_the_last_whole_month(
    home: Path, tmp_path: Path
) -> None:
    assert _call(home, tmp_path / "out", "--format", "csv") == 0
    files = sorted((tmp_path / "out").iterdir())
    assert [file.name for file in files] == [
        "enrollment_census-0000000a-2026-10.csv",
        "enrollment_census-0000000b-2026-10.csv",
    ]
    (row,) = csv.DictReader(files[0].open(encoding="utf-8", newline=""))
    assert (row["employee_number"], row["total_amount"]) == ("007", "12.50")


def test_one_company_by_its_ein_one_month_all_formats(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = (
        "--company",
        "90-0000001",
        "--period",
        "2026-09",
        "--format",
        "pdf,xlsx,csv,xml,json",
    )
    assert _call(home, out, *arguments) == 0
    stem = "enrollment_census-0000000a-2026-09"
    assert sorted(f.name for f in out.iterdir()) == [
        f"{stem}.{e}" for e in ("csv", "json", "pdf", "xlsx", "xml")
    ]
    body = json.loads((out / f"{stem}.json").read_text(encoding="utf-8"))
    assert body["tables"][0]["rows"][0]["employee_number"] == "009"


def test_no_rows_is_said_and_is_not_clean(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _call(home, tmp_path, "--company", NORTH, "--period", "2020-01", "--format", "csv") == 1
    assert "Enrollment census has no rows" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--company", "nowhere"), "company 'nowhere': no company has this id or EIN"),
        (("--format", "docx"), "enrollment_census has no format 'docx': pdf,xlsx,csv,xml,json"),
        (("--tax-year", "2024"), "enrollment_census takes --period, not --tax-year"),
        (("--period", "2024"), "it must be a month such as 2024-03"),
        (("--as-of", "2024-12-31"), "--as-of goes with --source"),
        (("--parameter", "x"), "write NAME=VALUE"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_code_2(
    home: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    message: str,
) -> None:
    assert _call(home, tmp_path / "out", *arguments) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_an_unknown_report_lists_those_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "nothing"]) == 2
    assert "enrollment_census" in capsys.readouterr().err


def test_a_home_without_a_version_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _call(tmp_path / "empty", tmp_path / "out") == 2
    assert f"run benefits run --home {tmp_path / 'empty'} first" in capsys.readouterr().err


def test_a_declaration_file_is_a_report(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "by_name.json"
    file.write_text(
        json.dumps(
            {
                "dataset": "enrollment_census",
                "groups": ["last_name"],
                "measures": [{"name": "cost", "of": "sum", "column": "total_amount"}],
            }
        )
    )
    out = tmp_path / "out"
    assert (
        run(["report", str(file), "--home", str(home), "--out", str(out), "--format", "csv"]) == 0
    )
    text = (out / "by_name-0000000a-2026-10.csv").read_text(encoding="utf-8")
    assert text == "last_name,cost,cost_status\nChen,,suppressed: fewer than 5 people\n"


def test_json_names_every_file_with_its_hash(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _call(home, tmp_path / "out", "--format", "csv", "--json") == 0
    body = json.loads(capsys.readouterr().out)
    assert len(body["files"]) == 2
    assert all(len(file["sha256"]) == 64 for file in body["files"])
    assert body["problems"] == []


def test_the_list_names_every_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--list", "--json"]) == 0
    names = {row["name"] for row in json.loads(capsys.readouterr().out)}
    assert {"enrollment_census", "aca_1095c", "form_5500"} <= names
