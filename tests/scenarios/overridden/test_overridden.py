"""A person's value in a box of Form 1095-C: printed, explained, checked again in every run.

The five people of `aca_1095c_plain`. Line 16 of T-105 is unknown (no answer to the offer); line 15
of T-102 is 98.00.
"""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from cli.main import run as benefits
from dagster_project.execute import run_once
from ledger.store import open_ledger
from reports.answers.aca import Explainer, replay
from reports.snapshot import open_snapshot
from warehouse.home import Home
from warehouse.settings import Run

LANDING = Path(__file__).parent.parent / "aca_1095c_plain" / "landing"
MODELS = (
    "rpt_aca_1095c__code",
    "rpt_aca_1095c__work_item",
    "rpt_aca_validation__finding",
    "rpt_aca_explain__month",
    "rpt_aca_explain__rule",
    "rpt_aca_explain__fact",
    "rpt_aca_explain__source",
    "rpt_aca_explain__override",
    "rpt_aca_explain__harbor",
    "rpt_aca_explain__pair",
    "rpt_aca_exposure__month",
)
WHO = ("--actor", "Grace", "--reason", "Signed waiver on paper.")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("overridden")
    shutil.copytree(LANDING, folder / "source")
    return folder


def run(base: Path) -> None:
    now = datetime(2025, 2, 1, tzinfo=UTC)
    source, home = str(base / "source"), Home(base / "home")
    run_once(Run(date(2025, 1, 31), now, "ada", home, source), deliver=False, marts_only=MODELS)


def override(base: Path, employee: str, month: str, line: str, value: str, *more: str) -> int:
    box = ("--employee", employee, "--month", month, "--line", line, "--value", value)
    end = () if "--until" in more else ("--until", "2025-12-31")
    return benefits(["override", *box, *WHO, *end, *more, "--home", str(base / "home")])


def rows(base: Path, model: str, employee: str) -> list[dict[str, Any]]:
    with open_snapshot(base / "home") as snapshot:
        found = snapshot.where(model, {"employee_number": employee, "tax_year": 2024}).to_dicts()
    return sorted(found, key=lambda row: (row.get("month") or 0, row.get("rule_id") or ""))


def line(base: Path, employee: str, month: int, name: str) -> dict[str, Any]:
    with open_snapshot(base / "home") as snapshot:
        answer = Explainer(snapshot).explain(employee, date(2024, month, 1))
    box: dict[str, Any] = answer["lines"][name]
    assert replay(name, box) == box["value"]
    return box


def checks(base: Path, employee: str) -> set[tuple[str, int]]:
    found = rows(base, "rpt_aca_validation__finding", employee)
    return {(row["rule_id"], row["month"]) for row in found if row["rule_id"].startswith("O")}


def change(base: Path, before: str, after: str) -> None:
    path = base / "source" / "benefit_offer.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_an_override_is_printed_checked_and_never_outlives_its_facts(
    base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(base)
    assert override(base, "T-105", "2024-01", "16", "2g", "--through", "2024-12") == 0
    assert "2024-12 line 16: unknown to 2G (override-12)" in capsys.readouterr().out
    assert override(base, "T-102", "2024-01", "15", "89") == 0
    assert override(base, "T-101", "2024-02", "15", "90.00", "--until", "2025-01-30") == 0

    change(base, "true,false,true,waived,98.00", "true,false,true,waived,97.00")
    run(base)
    soren = rows(base, "rpt_aca_1095c__code", "T-105")
    assert {(row["line_16"], row["rule_16"], row["computed_16"]) for row in soren} == {
        ("2G", "OVERRIDE", None)
    }
    assert checks(base, "T-105") == {("O001", month) for month in range(1, 13)}
    assert line(base, "T-105", 3, "line 16")["override"]["replaced_value"] == "unknown"
    explain = ["explain", "aca", "--employee", "T-105", "--month", "2024-03"]
    assert benefits([*explain, "--home", str(base / "home")]) == 0
    assert "overridden: unknown to 2G, Grace" in capsys.readouterr().out

    with open_snapshot(base / "home") as snapshot:
        exposure = snapshot.table("rpt_aca_exposure__month").to_dicts()
    assert {
        (row["unknown_count"], row["computed_total_high"] > row["total_high"]) for row in exposure
    } == {(0, True)}
    assert str(rows(base, "rpt_aca_1095c__code", "T-101")[1]["line_15"]) == "98.00"
    assert checks(base, "T-101") == {("O004", 2)}

    box = line(base, "T-102", 1, "line 15")
    assert (box["value"], box["override"]["state"]) == ("unknown", "stale")
    assert checks(base, "T-102") == {("O003", 1)}
    stale = rows(base, "rpt_aca_1095c__work_item", "T-102")
    assert [(row["box"], row["refusal_id"]) for row in stale] == [("line 15", "override_stale")]


@pytest.mark.parametrize(
    ("employee", "month", "number", "value", "words"),
    [
        ("T-101", "2024-03", "14", "1H", "may not stand together"),
        ("T-101", "2024-03", "14", "1Ö", "is not one of"),
        ("T-101", "2024-03", "14", "1E", "the box says 1E already"),
        ("T-101", "2024-03", "15", "12,50", "is no amount"),
        ("T-101", "2024-03", "17", "9", "is no ZIP code"),
        ("T-101", "2024-03", "9", "1E", "lines 14, 15, 16 and 17"),
        ("T-999", "2024-03", "14", "1H", "no month 2024-03"),
        ("T-101", "2024-3", "14", "1H", "write a month as YYYY-MM"),
    ],
)
def test_a_value_that_may_not_stand_there_is_refused(
    base: Path,
    capsys: pytest.CaptureFixture[str],
    employee: str,
    month: str,
    number: str,
    value: str,
    words: str,
) -> None:
    if not (base / "home").exists():
        run(base)
    assert override(base, employee, month, number, value) == 2
    assert words in capsys.readouterr().err


def test_a_second_override_of_a_box_takes_the_first_one_back(
    base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not (base / "home").exists():
        run(base)
    assert override(base, "T-104", "2024-02", "15", "91.00", "--json") == 0
    first = json.loads(capsys.readouterr().out)["decisions"]
    assert override(base, "T-104", "2024-02", "15", "92.00", "--json") == 0
    second = json.loads(capsys.readouterr().out)["decisions"]
    ledger = open_ledger(base / "home")
    mine = [
        row for row in ledger.decisions.standing("override") if "T-104" in row.decision.grain_key
    ]
    assert first != second
    assert [row.decision_id for row in mine] == second
    assert ledger.audit.verify() == ()
