"""A live PostgreSQL that changes between loads, and during one: what is read, and what is found.

Belongs here: the watermark, the reconcile, a server that dies or is altered. Does not belong here:
equality with files (`test_postgres_source`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from expectations.contract import Contract
from tests.unit.warehouse import postgres_server
from tests.unit.warehouse.conftest import COMPANY, EMPLOYEES, uid, write_source
from tests.unit.warehouse.postgres_live import Live
from tests.unit.warehouse.postgres_server import PASSWORD, PostgresServer
from warehouse.errors import WarehouseError
from warehouse.home import Home
from warehouse.landing.report import LandingReport

postgres = postgres_server.postgres
WHOLE, PARTIAL = "whole", "partial"
LOCK = "begin; lock table {} in access exclusive mode; select pg_sleep(120); end"
RELEASE = (
    "select count(pg_cancel_backend(pid)) from pg_stat_activity "
    "where wait_event = 'PgSleep' and pid <> pg_backend_pid()"
)
HELD = (
    "select count(*) from pg_locks where mode = 'AccessExclusiveLock' and granted "
    "and relation = to_regclass('{}.{}')"
)
WAITING = (
    "select count(*) from pg_stat_activity "
    "where application_name = 'benefits' and wait_event_type = 'Lock'"
)


@pytest.fixture
def live(
    postgres: PostgresServer,
    contracts: dict[str, Contract],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Live]:
    """Return a company of thirty people in a schema of its own."""
    schema = f"live_{tmp_path.name.lower().replace('-', '_')[:40]}"
    postgres.load(write_source(tmp_path / "source"), contracts, schema=schema)
    home = tmp_path / "home"
    home.mkdir()
    (home / "source.toml").write_text(f'schema = "{schema}"\npassword_env = "HR_PASSWORD"\n')
    monkeypatch.setenv("HR_PASSWORD", PASSWORD)
    yield Live(postgres, schema, home, contracts)
    postgres.sql(f"drop schema if exists {schema} cascade")


def test_the_second_load_reads_only_what_changed(live: Live) -> None:
    live.land()
    assert live.last_load() == (WHOLE, EMPLOYEES, EMPLOYEES, 0, 0, 0)
    live.sql(
        "update employee set first_name = 'Renamed', updated_at = '2024-06-01' "
        f"where id = '{uid(7)}'"
    )
    live.land(1)
    mode, received, *change = live.last_load()
    assert (mode, change) == (PARTIAL, [0, 1, 0, 0])
    live.land(2)
    mode, received, *change = live.last_load()
    assert (mode, received, change) == (PARTIAL, 1, [0, 0, 0, 0])
    assert live.rows(f"select first_name from landing.employee where id = '{uid(7)}'") == [
        ("Renamed",)
    ]
    assert live.rows("select first_name, _valid_from, _valid_to from history.employee") == [
        ("First7", 1, 2)
    ]
    assert live.rows("select count(*) from landing.employee") == [(EMPLOYEES,)]


def test_a_repeat_over_an_unchanged_server_changes_no_row(live: Live) -> None:
    before = live.land().content_hashes
    assert live.land(1).content_hashes == before
    assert live.land(30).content_hashes == before
    assert live.last_load()[0] == WHOLE
    assert live.rows("select count(*) from history.employee") == [(0,)]


def test_a_deleted_row_stands_until_the_reconcile_ends_it(live: Live) -> None:
    live.land()
    live.sql(f"delete from employee where id = '{uid(9)}'")
    live.land(1)
    assert live.rows("select count(*) from landing.employee") == [(EMPLOYEES,)]
    live.land(25)
    assert live.last_load() == (WHOLE, EMPLOYEES - 1, 0, 0, 1, 0)
    assert live.rows("select id, _valid_to from history.employee") == [(uid(9), 3)]


def test_a_row_that_comes_back_shows_its_end_and_its_new_start(live: Live) -> None:
    live.land()
    live.sql(f"create table away as select * from employee where id = '{uid(9)}'")
    live.sql(f"delete from employee where id = '{uid(9)}'")
    live.land(25)
    live.sql("insert into employee select * from away")
    live.land(50)
    spans = (
        f"select _valid_from, _valid_to from history.employee where id = '{uid(9)}' "
        f"union all select _valid_from, null from landing.employee where id = '{uid(9)}'"
    )
    assert live.rows(spans) == [(1, 2), (3, None)]


def test_a_change_dated_back_is_found_by_the_reconcile(live: Live) -> None:
    """Case BI-069."""
    live.land()
    live.sql(
        "update employee set last_name = 'Quietly', updated_at = '2023-01-01' "
        f"where id = '{uid(4)}'"
    )
    live.land(1)
    name = f"select last_name from landing.employee where id = '{uid(4)}'"
    assert live.rows(name) == [("Last4",)]
    live.land(25)
    assert live.rows(name) == [("Quietly",)]
    assert live.rows(
        "select reason_code, severity from landing.finding where reason_code like 'time.%'"
    ) == [("time.backdated_change", 4)]
    assert live.rows("select last_name, _valid_to from history.employee") == [("Last4", 3)]


def test_a_time_in_the_future_does_not_hide_later_changes(live: Live) -> None:
    live.sql(f"update employee set updated_at = '2099-01-01' where id = '{uid(1)}'")
    live.land()
    now = live.server.sql("select now()::timestamp")
    assert live.watermark() < now
    live.sql(f"update employee set first_name = 'Later', updated_at = now() where id = '{uid(2)}'")
    live.land(1)
    assert live.rows(f"select first_name from landing.employee where id = '{uid(2)}'") == [
        ("Later",)
    ]


def test_a_row_without_any_time_is_read_every_time(live: Live) -> None:
    live.sql(f"update employee set updated_at = null where id = '{uid(3)}'")
    live.land()
    live.sql(f"update employee set first_name = 'Timeless' where id = '{uid(3)}'")
    live.land(1)
    assert live.last_load()[0] == PARTIAL
    assert live.rows(f"select first_name from landing.employee where id = '{uid(3)}'") == [
        ("Timeless",)
    ]


def test_a_mass_deletion_is_held_until_a_person_accepts(live: Live) -> None:
    live.land()
    live.sql(f"delete from employee where id > '{uid(10)}'")
    held = live.land(25)
    assert [(r.reason_code, r.outcome) for r in held.refusals] == [("volume.drop", "held")]
    assert held.tables["employee"].rows == EMPLOYEES
    accepted = live.land(26, accept=("employee",))
    assert (accepted.tables["employee"].rows, accepted.refusals) == (10, ())


def test_an_orphan_lands_with_the_load_that_brings_its_parent(live: Live) -> None:
    live.sql(
        "create table employment_period (id uuid primary key, employee_id uuid, company_id uuid, "
        "start_date date, employment_class text, updated_at timestamp);"
        f"insert into employment_period values ('{uid(500)}', '{uid(99)}', '{COMPANY}', "
        "'2024-01-01', 'full_time', '2024-01-01')"
    )
    assert live.land().tables["employment_period"].rejected == 1
    live.sql(
        f"insert into employee (id, company_id, employee_number, first_name, last_name, updated_at)"
        f" values ('{uid(99)}', '{COMPANY}', 'E0099', 'Late', 'Comer', '2024-07-01')"
    )
    report = live.land(1)
    assert report.tables["employment_period"].rows == 1
    assert report.rejected == 0


@contextmanager
def locked(live: Live, table: str) -> Iterator[Future[LandingReport]]:
    """Land while a table is locked against reading; the block runs once the reader waits for it."""
    with ThreadPoolExecutor() as pool:
        holder = pool.submit(live.sql, LOCK.format(table))
        until(live, HELD.format(live.schema, table))
        landing = pool.submit(live.land, 25)
        until(live, WAITING)
        try:
            yield landing
        finally:
            live.server.sql(RELEASE)
            holder.exception()


def until(live: Live, count: str) -> None:
    """Wait until a count of the server is one."""
    for _ in range(400):
        if live.server.sql(count) == "1":
            return
        time.sleep(0.05)
    raise AssertionError(f"never one: {count}")


def test_a_column_dropped_between_two_tables_of_one_run_is_named(live: Live) -> None:
    """Case BI-182."""
    live.land()
    with locked(live, "company") as landing:
        live.sql("alter table employee drop column employee_number")
    report = landing.result()
    [refusal] = report.refusals
    assert (refusal.table, refusal.reason_code) == ("employee", "drift.missing_required")
    assert "employee_number" in refusal.message
    assert report.tables["employee"].rows == EMPLOYEES


def test_the_server_sees_one_connection(live: Live) -> None:
    count = "select count(*) from pg_stat_activity where application_name = 'benefits'"
    with locked(live, "employee") as landing:
        assert live.server.sql(count) == "1"
    assert landing.result().tables["employee"].rows == EMPLOYEES


def test_a_connection_that_is_cut_once_is_read_anew(live: Live) -> None:
    cut = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '{}'"
    with locked(live, "employee") as landing:
        live.server.sql(cut.format("benefits"))
    report = landing.result()
    assert report.tables["employee"].rows == EMPLOYEES
    assert live.rows("select count(*) from history.load") == [(1,)]


def test_a_server_killed_while_it_is_read_leaves_everything_as_it_was(
    contracts: dict[str, Contract], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case BI-181."""
    programs = postgres_server.find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    monkeypatch.setenv("HR_PASSWORD", PASSWORD)
    home = tmp_path / "home"
    home.mkdir()
    (home / "source.toml").write_text('password_env = "HR_PASSWORD"\n')
    with ThreadPoolExecutor() as pool:
        with postgres_server.running(programs) as server:
            server.load(write_source(tmp_path / "source"), contracts)
            live = Live(server, "public", home, contracts)
            live.land()
            before = Home(home).landing_file.read_bytes()
            pool.submit(live.sql, LOCK.format("employee"))
            until(live, HELD.format("public", "employee"))
            landing = pool.submit(live.land, 25)
            until(live, WAITING)
        error = landing.exception()
    assert isinstance(error, WarehouseError)
    assert "nothing was landed" in str(error)
    assert "\n" not in str(error)
    assert Home(home).landing_file.read_bytes() == before
