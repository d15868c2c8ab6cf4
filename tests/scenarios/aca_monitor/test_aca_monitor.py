"""The monitor of six people, from CSV files through the command line, in all formats."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cli.main import run as benefits

LANDING = Path(__file__).parent / "landing"
SHOWN = ("employee_number", "kind", "due_date", "days_left", "month_count", "amount_so_far")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the report as of 15 July 2024."""
    folder = tmp_path_factory.mktemp("monitor")
    call = ["report", "aca_monitor", "--source", str(LANDING), "--as-of", "2024-07-15"]
    assert benefits([*call, "--format", "pdf,xlsx,csv,xml,json", "--out", str(folder)]) == 0
    return folder


def rows(out: Path, part: str) -> list[dict[str, str]]:
    (path,) = out.glob(f"aca_monitor-*-{part}.csv")
    return list(csv.DictReader(path.open(encoding="utf-8", newline="")))


def test_each_person_is_watched_as_the_case_says(out: Path) -> None:
    people = rows(out, "people")
    assert [tuple(row[name] for name in SHOWN) for row in people] == [
        ("M-1", "not_offered", "", "", "6", "2230.00"),
        ("M-3", "offer_due", "2024-10-01", "78", "0", "0.00"),
        ("M-4", "trending", "2025-03-01", "229", "0", "0.00"),
    ]
    rosa = people[2]
    assert (rosa["hours"], rosa["average_month_hours"]) == ("840.00", "140.77")
    assert (rosa["hours_to_full_time"], rosa["is_offered_then"]) == ("720.00", "false")
    assert {row["month_amount"] for row in people} == {"371.67"}


def test_the_months_that_have_ended_stand_beside(out: Path) -> None:
    months = rows(out, "months")
    assert [row["month"] for row in months] == ["1", "2", "3", "4", "5", "6"]
    shown = {(row["mec_offer"], row["exposed_count"], row["b_high"]) for row in months}
    assert shown == {("true", "1", "371.67")}
    assert {(row["margin_people"], row["people_to_offer"]) for row in months} == {("4", "0")}


def test_every_format_is_there(out: Path) -> None:
    assert {path.suffix for path in out.iterdir()} == {".pdf", ".xlsx", ".csv", ".xml", ".json"}
