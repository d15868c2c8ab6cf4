"""A rollback: the earlier version and its rows are back, stay back, and nothing is rewritten."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from cli.main import run as benefits
from expectations.contract import Contract
from ledger.store import open_ledger
from tests.unit.warehouse.conftest import EMPLOYEES, publish, uid
from warehouse.home import Home
from warehouse.publish import pointer

Rows = Callable[[str], list[tuple[object, ...]]]
NAMES = "select first_name from landing.employee order by first_name"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def edit(source: Path, old: str, new: str) -> None:
    path = source / "employee.csv"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def rollback(home: Path, version: str) -> int:
    return benefits(["rollback", version, "--actor", "Ada Operator", "--home", str(home)])


def current(home: Path) -> str:
    return str(json.loads((home / "published" / "current").read_text())["version"])


def audited(home: Path) -> list[tuple[str, str, str]]:
    rows = open_ledger(home).audit.rows()
    return [(r.actor, r.action, r.subject) for r in rows if r.action == "version.rolled_back"]


def test_rows_and_version_are_back_and_a_run_over_the_same_source_keeps_them(
    home: Path, source: Path, contracts: dict[str, Contract], rows: Rows
) -> None:
    first = publish(home, source, contracts)
    names = rows(NAMES)
    edit(source, "First7,", "Renamed,")
    edit(source, f"{uid(9)},", f"{uid(999)},")
    edit(source, "900-01-0005", "12345")
    second = publish(home, source, contracts)
    assert (current(home), rows("select count(*) from landing.rejected")) == (second, [(1,)])
    assert rollback(home, first[:8]) == 0
    assert current(home) == first
    assert rows(NAMES) == names
    assert rows("select count(*) from landing.rejected") == [(0,)]
    assert publish(home, source, contracts) == first
    assert rows(NAMES) == names
    assert audited(home) == [("Ada Operator", "version.rolled_back", first)]
    assert open_ledger(home).audit.verify() == ()


def test_history_keeps_what_was_believed_between(
    home: Path, source: Path, contracts: dict[str, Contract], rows: Rows
) -> None:
    first = publish(home, source, contracts)
    edit(source, "First7,", "Renamed,")
    publish(home, source, contracts)
    rollback(home, first)
    spans = (
        "select first_name, _valid_from, _valid_to from history.employee union all "
        f"select first_name, _valid_from, null from landing.employee where id = '{uid(7)}' "
        "order by 2"
    )
    assert rows(spans) == [("First7", 1, 2), ("Renamed", 2, 3), ("First7", 3, None)]


def test_a_second_rollback_to_the_same_version_changes_nothing(
    home: Path, source: Path, contracts: dict[str, Contract]
) -> None:
    first = publish(home, source, contracts)
    edit(source, "First7,", "Renamed,")
    publish(home, source, contracts)
    rollback(home, first)
    before = Home(home).landing_file.read_bytes()
    assert rollback(home, first) == 0
    assert Home(home).landing_file.read_bytes() == before
    assert len(audited(home)) == 1


def test_what_the_source_says_anew_counts_again(
    home: Path, source: Path, contracts: dict[str, Contract], rows: Rows
) -> None:
    first = publish(home, source, contracts)
    edit(source, "First7,", "Renamed,")
    publish(home, source, contracts)
    rollback(home, first)
    edit(source, "First8,", "Repaired,")
    publish(home, source, contracts)
    changed = (
        "select first_name from landing.employee where first_name not like 'First%' order by 1"
    )
    assert rows(changed) == [("Renamed",), ("Repaired",)]


def test_a_rollback_forward_brings_the_later_rows_back(
    home: Path, source: Path, contracts: dict[str, Contract], rows: Rows
) -> None:
    first = publish(home, source, contracts)
    edit(source, "First7,", "Renamed,")
    second = publish(home, source, contracts)
    rollback(home, first)
    rollback(home, second)
    assert current(home) == second
    assert rows(f"select first_name from landing.employee where id = '{uid(7)}'") == [("Renamed",)]
    assert rows("select count(*) from landing.employee") == [(EMPLOYEES,)]


def test_a_table_that_came_later_is_unknown_again(
    home: Path, source: Path, contracts: dict[str, Contract], rows: Rows
) -> None:
    first = publish(home, source, contracts)
    (source / "benefit_plan.csv").write_text("id,company_id,plan_name,plan_code,benefit_type\n")
    publish(home, source, contracts)
    rollback(home, first)
    state = "select state from landing.table_state where table_name = 'benefit_plan'"
    assert rows(state) == [("absent",)]
    assert publish(home, source, contracts) == first


def test_a_version_that_is_not_there_is_one_clear_line(
    home: Path,
    source: Path,
    contracts: dict[str, Contract],
    capsys: pytest.CaptureFixture[str],
) -> None:
    first = publish(home, source, contracts)
    assert rollback(home, "beefbeef") == 2
    assert first in capsys.readouterr().err


def test_a_damaged_version_is_not_made_current(
    home: Path,
    source: Path,
    contracts: dict[str, Contract],
    capsys: pytest.CaptureFixture[str],
) -> None:
    first = publish(home, source, contracts)
    edit(source, "First7,", "Renamed,")
    second = publish(home, source, contracts)
    path = home / "published" / first / pointer.SNAPSHOT
    path.chmod(0o600)
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)
    before = Home(home).landing_file.read_bytes()
    assert rollback(home, first) == 1
    assert "changed after publish" in capsys.readouterr().err
    assert current(home) == second
    assert Home(home).landing_file.read_bytes() == before


def test_a_history_that_was_cut_is_refused(
    home: Path, source: Path, contracts: dict[str, Contract], rows: Rows
) -> None:
    first = publish(home, source, contracts)
    edit(source, "First7,", "Renamed,")
    second = publish(home, source, contracts)
    with duckdb.connect(str(Home(home).landing_file)) as connection:
        connection.execute("delete from history.employee")
    assert rollback(home, first) == 1
    assert current(home) == second
