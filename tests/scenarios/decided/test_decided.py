"""What a person decides is an input of the next run: a waiver, and taking it back.

One company, one health coverage that excludes pre-existing conditions (rule ACA-006, critical).
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cli.main import run as benefits
from dagster_project.execute import Outcome, run_once
from ledger.store import open_ledger
from reports.snapshot import open_snapshot
from warehouse.home import Home
from warehouse.settings import Run

COMPANY = "0c000000-0000-4000-8000-000000000007"
COVERAGE = "c0000000-0000-4000-8000-000000000007"
TABLES = {
    "company": (
        f"id,legal_name,ein,is_test_data,is_active\n{COMPANY},Alder Works,00-0000107,true,true\n"
    ),
    "benefits_coverage_details": (
        "id,company_id,plan_name,plan_code,coverage_type,pre_existing_conditions,is_active\n"
        f'{COVERAGE},{COMPANY},Old plan,OLD,Health,"[""asthma""]",true\n'
    ),
}
MARTS = ("benefits_compliance_monitoring", "fct_finding")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("decided")
    (folder / "source").mkdir()
    for table, text in TABLES.items():
        (folder / "source" / f"{table}.csv").write_text(text, encoding="utf-8")
    return folder


def run(base: Path, as_of: date) -> Outcome:
    now = datetime(2025, 1, 2, tzinfo=UTC)
    source, home = str(base / "source"), Home(base / "home")
    return run_once(Run(as_of, now, "ada", home, source), deliver=False, marts_only=MARTS)


def aca(base: Path) -> tuple[str, int]:
    with open_snapshot(base / "home") as snapshot:
        rows = snapshot.table("benefits_compliance_monitoring").to_dicts()
    row = next(row for row in rows if row["compliance_type"] == "ACA")
    return row["compliance_status"], row["open_violations"]


def test_a_waiver_moves_the_status_of_the_next_run_and_can_be_taken_back(
    base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    year_end, home = date(2024, 12, 31), ["--home", str(base / "home")]
    first = run(base, year_end)
    assert aca(base) == ("Non-Compliant", 1)
    assert benefits(["findings", *home, "--json"]) == 1
    finding = json.loads(capsys.readouterr().out)[0]
    assert (finding["rule_id"], finding["grain_key"]) == ("ACA-006", COVERAGE)

    call = ["waive", finding["finding_id"][:12], *home, "--actor", "Grace", "--reason", "Old plan."]
    assert benefits(["waive", "0" * 12, *call[2:]]) == 2
    assert benefits([*call, "--until", "2024-12-31"]) == 0
    waived = run(base, year_end)
    assert aca(base) == ("Under Review", 1)
    assert waived.version != first.version
    assert benefits(["findings", *home]) == 0
    assert "waived until 2024-12-31" in capsys.readouterr().out

    number = open_ledger(base / "home").decisions.standing("waiver")[0].decision_id
    assert benefits(["decisions", *home, "--withdraw", number, "--actor", "Grace"]) == 2
    withdraw = ["decisions", *home, "--withdraw", number, "--actor", "Grace", "--reason", "Fixed."]
    assert benefits(withdraw) == 0
    assert open_ledger(base / "home").decisions.export()["waiver"] == []
    assert open_ledger(base / "home").audit.verify() == ()
