"""A feed that changed too much to be believed is held until a person accepts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.main import run as benefits
from dagster_project.assets.landing import record_loads
from ledger.store import open_ledger
from tests.unit.warehouse.conftest import EMPLOYEES, Lander, run_of


def test_a_feed_that_lost_its_rows_is_held_until_a_person_accepts(
    land: Lander, source: Path
) -> None:
    land()
    path = source / "employee.csv"
    path.write_text("\n".join(path.read_text().splitlines()[:5]) + "\n")
    held = land()
    assert [(r.reason_code, r.outcome) for r in held.refusals] == [("volume.drop", "held")]
    assert held.tables["employee"].rows == EMPLOYEES
    assert land("employee").tables["employee"].rows == 4


def test_accepting_a_change_of_volume_is_in_the_audit_once(
    land: Lander, source: Path, tmp_path: Path
) -> None:
    land()
    path = source / "employee.csv"
    path.write_text("\n".join(path.read_text().splitlines()[:5]) + "\n")
    land()
    run = run_of(tmp_path / "home", source, ("employee",))
    ledger = open_ledger(tmp_path / "home")
    for _ in range(2):
        number = ledger.records.start_run(run.as_of, run.actor, run.now)
        record_loads(ledger, run, land("employee"), number)
    found = [row for row in ledger.audit.rows() if row.action == "volume.accepted"]
    assert [(row.actor, row.subject) for row in found] == [("tester", "employee")]
    assert found[0].details["what"] == "would end 26 of 30 rows (86 %)"
    assert ledger.audit.verify() == ()


def test_nobody_accepts_a_change_of_volume_without_a_name(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["run", "--source", str(source), "--home", str(tmp_path / "home")]
    assert benefits([*call, "--accept-volume", "employee"]) == 2
    assert "--actor must name a person" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


def test_a_changed_format_in_every_row_is_held(land: Lander, source: Path) -> None:
    """Case BI-022."""
    path = source / "employee.csv"
    path.write_text(path.read_text().replace("00000000-0000", "0000-0000"))
    assert [r.reason_code for r in land().refusals] == ["drift.retyped"]
