"""What a scenario does to codes, exposure and cost of forty people, by hand (case.md)."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cli.main import run as benefits
from tests.conftest import benefits as in_a_process
from tests.scenarios.whatif.foundry import write
from warehouse.home import Home
from warehouse.publish import pointer

A_B, TOTAL = "4980H (b)", "4980H (a) or (b)"
COST = "employer cost of health coverage"
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home in which the foundry is published."""
    folder = tmp_path_factory.mktemp("whatif")
    write(folder / "source")
    call = ("run", "--source", folder / "source", "--as-of", "2024-12-31")
    in_a_process(*call, "--home", folder / "home")
    return folder / "home"


pytestmark = pytest.mark.filterwarnings("error::polars.exceptions.PerformanceWarning")


@pytest.fixture
def ask(home: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Return the answer of the command line to some sets, and the exit code it ended with."""

    def answer(*sets: str) -> dict[str, Any]:
        asked = [part for text in sets for part in ("--set", text)]
        code = benefits(["whatif", "--home", str(home), "--tax-year", "2024", "--json", *asked])
        (found,) = json.loads(capsys.readouterr().out)["documents"]
        return {"code": code, **found}

    return answer


def amounts(answer: dict[str, Any], measure: str, part: str = "year") -> list[tuple[Any, ...]]:
    """Return least now, most now, least then, most then of one measure."""
    ends = ("before_low", "before_high", "after_low", "after_high")
    return [
        tuple(row[end] and Decimal(row[end]) for end in ends)
        for row in answer[part]
        if row["measure"] == measure
    ]


def codes(answer: dict[str, Any]) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Return people and months by line, value now and value then."""
    return {
        (row["line"], row["before"], row["after"]): (row["people"], row["person_months"])
        for row in answer["codes"]
    }


def money(*texts: str | None) -> tuple[Decimal | None, ...]:
    return tuple(text and Decimal(text) for text in texts)  # type: ignore[misc]


def test_nothing_set_changes_nothing(ask: Ask) -> None:
    answer = ask()
    assert answer["code"] == 0
    assert answer["status"] == "worksheet"
    assert answer["codes"] == []
    assert len(answer["months"]) == 48
    assert all(
        Decimal(row["change_low"]) == Decimal(row["change_high"]) == 0 for row in answer["months"]
    )
    assert amounts(answer, COST) == [money("4824.00", "4824.00", "4824.00", "4824.00")]


def test_a_dearer_share_moves_codes_exposure_and_cost(ask: Ask) -> None:
    answer = ask("contribution=150.00")
    assert answer["code"] == 0
    assert codes(answer) == {
        ("line_15", "amount", "higher"): (40, 480),
        ("line_16", "2G", "2H"): (38, 456),
        ("line_16", "2G", "blank"): (1, 12),
    }
    assert amounts(answer, A_B, "months") == [money("0", "0", "0", "371.67")] * 12
    assert amounts(answer, COST, "months") == [money("402", "402", "350", "350")] * 12


def test_a_plan_is_named_by_its_code(ask: Ask) -> None:
    answer = ask("contribution.ppo=+2%")
    assert codes(answer) == {("line_15", "amount", "higher"): (40, 480)}
    assert amounts(answer, COST) == [money("4824.00", "4824.00", "4800.48", "4800.48")]


def test_a_lower_percentage_leaves_the_rate_of_pay(ask: Ask) -> None:
    answer = ask("law.required_contribution_pct=7")
    assert codes(answer) == {("line_16", "2G", "2H"): (39, 468)}
    assert amounts(answer, TOTAL) == [money("0", "0", "0", "0")]


def test_the_law_of_another_year_takes_the_place_of_this_one_s(ask: Ask) -> None:
    answer = ask("law_year=2026", "contribution=125.00")
    # 9.96 % of the line before, 15,650 / 12 = 129.89: the rows of 2025 stand a year earlier
    assert codes(answer) == {("line_15", "amount", "higher"): (40, 480)}
    assert amounts(answer, TOTAL) == [money("0", "0", "0", "0")]


def test_without_a_safe_harbor_the_most_is_what_a_would_be(ask: Ask) -> None:
    answer = ask("safe_harbor=none")
    assert codes(answer) == {("line_16", "2G", "blank"): (39, 468)}
    assert amounts(answer, TOTAL, "months") == [money("0", "0", "0", "2475.00")] * 12


def test_the_employer_bears_a_dearer_plan(ask: Ask) -> None:
    answer = ask("price=+10%")
    assert answer["codes"] == []
    assert amounts(answer, COST) == [money("4824.00", "4824.00", "5424.00", "5424.00")]


def test_who_is_offered_more_may_cost_more(ask: Ask) -> None:
    answer = ask("eligibility_hours=90")
    assert answer["code"] == 1
    assert amounts(answer, COST) == [money("4824.00", "4824.00", "4824.00", None)]
    status = {row["measure"]: row["after_status"] for row in answer["year"]}
    assert status == {
        "4980H (a)": "modelled",
        A_B: "modelled",
        TOTAL: "modelled",
        COST: "not_measured",
    }


def test_hours_that_are_not_on_file_leave_everything_unknown(ask: Ask) -> None:
    answer = ask("eligibility_hours=140")
    assert answer["code"] == 1
    assert codes(answer)["line_16", "2G", "unknown"] == (39, 468)
    assert codes(answer)["line_16", "2C", "unknown"] == (1, 12)
    assert amounts(answer, COST) == [money("4824.00", "4824.00", None, None)]


def test_hours_nobody_falls_below_change_nothing(ask: Ask) -> None:
    answer = ask("eligibility_hours=120")
    assert (answer["code"], answer["codes"]) == (0, [])


@pytest.mark.parametrize(
    ("sets", "said"),
    [
        (["wage=5"], "--set wage: it cannot be set; known are contribution"),
        (["contribution"], "write NAME=VALUE"),
        (["contribution=5%"], "--set contribution=5%: write it as 100.00 or +5%"),
        (["contribution=-101%"], "no share falls by more than 100 %"),
        (["contribution.HMO=5"], "no employee is offered such a plan and class"),
        (["contribution.PPO.gold=5"], "plans are PPO"),
        (["contribution=5", "contribution.PPO=6"], "another set speaks of the same plan"),
        (["price=100.00"], "write it as +5%"),
        (["price=+1%", "price=+2%"], "--set price: it is set twice"),
        (["safe_harbor=2B"], "write none, or some of 2F, 2G, 2H"),
        (["eligibility_hours=800"], "write hours of service in a month"),
        (["law_year=2040"], "is not known for that year"),
        (["law.fpl=1"], "--set law.fpl: nothing here follows from such a value of 2024"),
        (["law.line_15_limit=1"], "nothing here follows from such a value"),
        (["law.offer_share_pct=101"], "write a number of percent"),
        (["law.penalty_reduction_people=1.5"], "write a whole number of people"),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else "",
)
def test_what_means_nothing_ends_in_one_line(
    home: Path, capsys: pytest.CaptureFixture[str], sets: list[str], said: str
) -> None:
    asked = [part for text in sets for part in ("--set", text)]
    assert benefits(["whatif", "--home", str(home), "--tax-year", "2024", *asked]) == 2
    words = capsys.readouterr().err
    assert words.count("\n") == 1
    assert said in words


def test_a_year_of_which_nothing_is_published_is_said(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert benefits(["whatif", "--home", str(home), "--tax-year", "2019"]) == 2
    assert "no month of it is published; years are 2024" in capsys.readouterr().err


def test_every_format_is_written_and_nothing_is_put_on_record(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["whatif", "--home", str(home), "--tax-year", "2024", "--set", "contribution=150"]
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}
    formats = ["--format", "pdf,xlsx,csv,xml,json"]
    for folder in ("one", "two"):
        assert benefits([*call, "--out", str(tmp_path / folder), *formats]) == 0
    assert "40 people change" in capsys.readouterr().out
    after = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}
    assert before == after
    files = sorted((tmp_path / "one").iterdir())
    assert {file.suffix for file in files} == {".pdf", ".xlsx", ".csv", ".xml", ".json"}
    assert all(f.read_bytes() == (tmp_path / "two" / f.name).read_bytes() for f in files)
    with next(file for file in files if file.name.endswith("-people.csv")).open() as stream:
        people = list(csv.DictReader(stream))
    first = [row for row in people if row["employee_number"] == "H-01"]
    assert [(row["line"], row["before"], row["after"], row["month_count"]) for row in first] == [
        ("line_15", "98.00", "150.00", "12"),
        ("line_16", "2G", "blank", "12"),
    ]


def test_a_version_whose_build_is_not_kept_is_refused(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = Home(home).build / "last" / "version"
    name = kept.read_text()
    found = pointer.standing(Home(home))
    assert found is not None
    assert name == found[0]
    kept.write_text("another")
    try:
        assert benefits(["whatif", "--home", str(home), "--tax-year", "2024"]) == 2
    finally:
        kept.write_text(name)
    assert "benefits run" in capsys.readouterr().err
