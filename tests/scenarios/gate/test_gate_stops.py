"""The gate in the real graph: what is unusable and was never usable stops what is built on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.execute import Outcome, run_once
from ledger.rows import RunRow
from ledger.store import open_ledger
from tests.unit.warehouse.conftest import run_of, write_source
from warehouse.errors import WarehouseError
from warehouse.home import Home
from warehouse.landing import referential
from warehouse.landing.load import Load
from warehouse.publish import pointer


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_source(tmp_path / "source")


def one_run(tmp_path: Path, *models: str) -> Outcome:
    run = run_of(tmp_path / "home", tmp_path / "source")
    return run_once(run, deliver=False, marts_only=models)


def runs(tmp_path: Path) -> tuple[RunRow, ...]:
    return open_ledger(tmp_path / "home").records.runs()


def test_an_unusable_table_without_earlier_rows_stops_what_reads_it_and_nothing_else(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = referential.settle

    def doubling(load: Load, extraction: object) -> None:
        real(load, extraction)  # type: ignore[arg-type]
        load.connection.execute(
            f"insert into landing.employee select * replace ({load.number} as _valid_from) "
            "from landing.employee limit 1"
        )

    home = Home(tmp_path / "home")
    with monkeypatch.context() as patch:
        patch.setattr(referential, "settle", doubling)
        with pytest.raises(WarehouseError, match="employee: the table failed its gate"):
            one_run(tmp_path, "dim_employee")
        assert pointer.current(home) is None
        assert not list(home.build.glob("*/warehouse.duckdb"))
        other = one_run(tmp_path, "dim_company")
    assert other.landing is not None
    assert other.landing.tables["employee"].is_unusable
    assert pointer.current(home) is not None
    healed = one_run(tmp_path, "dim_employee")
    assert healed.landing is not None
    assert healed.landing.tables["employee"].state == "present"
    path = source / "employee.csv"
    path.write_text(path.read_text().replace("First1,", "Other1,"))
    with monkeypatch.context() as patch:
        patch.setattr(referential, "settle", doubling)
        held = one_run(tmp_path, "dim_employee")
    assert held.landing is not None
    assert held.landing.tables["employee"].state == "held"
    assert not held.landing.tables["employee"].is_unusable
    states = [run.state for run in runs(tmp_path)]
    assert (states.count("failed"), len(states)) == (1, 4)
    assert all(run.finished_at for run in runs(tmp_path))
    failed = next(run for run in runs(tmp_path) if run.state == "failed")
    loads = open_ledger(tmp_path / "home").records.loads(failed.run_id)
    assert {(row.table_name, row.state) for row in loads} >= {
        ("company", "landed"),
        ("employee", "held"),
    }


def test_a_run_whose_process_ended_is_closed_by_the_next(tmp_path: Path) -> None:
    run = run_of(tmp_path / "home", tmp_path)
    records = open_ledger(tmp_path / "home").records
    first = records.start_run(run.as_of, "tester", run.now)
    records.start_run(run.as_of, "tester", run.now)
    states = {row.run_id: row.state for row in records.runs()}
    assert (states.pop(first), list(states.values())) == ("died", ["started"])
