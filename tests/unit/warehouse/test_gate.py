"""The gate sees what landing should not have let through, and keeps the last good rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from expectations.check_views import check_view_sql
from expectations.contract import Contract
from tests.unit.warehouse.conftest import COMPANY, EMPLOYEES, run_of, uid
from warehouse.database_file import DatabaseFile
from warehouse.gate.certificate import write_certificate
from warehouse.gate.judge import judge
from warehouse.home import Home
from warehouse.landing import keys, referential
from warehouse.landing.ingest import ingest
from warehouse.landing.load import Load
from warehouse.landing.report import LandingReport

Rows = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture
def land_judged(
    tmp_path: Path, source: Path, contracts: dict[str, Contract]
) -> Callable[[], LandingReport]:
    """Return a function that lands the folder with the real gate."""
    return lambda: ingest(run_of(tmp_path / "home", source), contracts, judge)


def views_only(load: Load, extraction: object) -> None:
    """Make the check views and move nothing: a landing that forgot its work."""
    for contract in load.contracts.values():
        load.connection.execute(check_view_sql(contract, load.contracts))


def orphan(source: Path) -> None:
    """Write an employment of a person who is not there."""
    header = "id,employee_id,company_id,start_date,employment_class\n"
    row = f"{uid(500)},{uid(99)},{COMPANY},2024-01-01,full_time\n"
    (source / "employment_period.csv").write_text(header + row)


def test_clean_tables_pass_every_promise(
    land_judged: Callable[[], LandingReport], rows: Rows
) -> None:
    report = land_judged()
    assert report.tables["employee"].failed_checks == ()
    assert rows("select count(*) from landing.check_result where not success") == [(0,)]
    [(checks,)] = rows("select count(*) from landing.check_result where table_name = 'employee'")
    assert int(str(checks)) >= 4


def test_an_orphan_that_slipped_through_is_named_with_its_key(
    land_judged: Callable[[], LandingReport],
    source: Path,
    rows: Rows,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    orphan(source)
    monkeypatch.setattr(referential, "settle", views_only)
    report = land_judged()
    assert report.tables["employment_period"].failed_checks == ("fk_employee_id",)
    failing = "select check_name, failing_rows, failing_keys from landing.check_result"
    [(name, count, found)] = rows(f"{failing} where not success")
    assert (name, count) == ("fk_employee_id", 1)
    assert json.loads(str(found)) == [uid(500)]


def test_a_table_with_a_broken_key_keeps_its_last_rows(
    land_judged: Callable[[], LandingReport],
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    land_judged()
    lines = (source / "employee.csv").read_text().splitlines()
    (source / "employee.csv").write_text("\n".join([*lines, lines[1]]) + "\n")

    def forgets(connection: duckdb.DuckDBPyConnection, *_: object) -> keys.SortedOut:
        connection.execute("create or replace temp table superseded as select 1 limit 0")
        connection.execute(
            "insert into landing.employee select * replace (2 as _valid_from) "
            "from landing.employee limit 1"
        )
        return keys.SortedOut()

    monkeypatch.setattr(keys, "settle_duplicates", forgets)
    monkeypatch.setattr(referential, "settle", views_only)
    report = land_judged()
    assert [(r.table, r.reason_code) for r in report.refusals] == [("employee", "gate.unusable")]
    assert report.tables["employee"].state == "held"
    assert report.tables["employee"].rows == EMPLOYEES


def test_the_grade_is_the_worst_open_severity_of_the_company(
    land_judged: Callable[[], LandingReport],
    source: Path,
    tmp_path: Path,
    contracts: dict[str, Contract],
) -> None:
    other = "22222222-2222-4222-8222-222222222222"
    with (source / "company.csv").open("a") as stream:
        stream.write(f"{other},Other Test,00-7654321,true,true\n")
    orphan(source)
    land_judged()
    snapshot = tmp_path / "snapshot.duckdb"
    landing = Home(tmp_path / "home").landing
    write_certificate(DatabaseFile(snapshot), landing, contracts)
    connection = duckdb.connect(str(snapshot), read_only=True)
    grades = connection.execute("select company_name, grade from quality.certificate").fetchall()
    owners = connection.execute("select distinct owner from quality.check_result").fetchall()
    missing = connection.execute("select table_name from quality.missing_input").fetchall()
    connection.close()
    severity = contracts["employment_period"].column("employee_id").severity
    assert dict(grades) == {"Harbor Test": "FEDCB"[severity - 1], "Other Test": "A"}
    assert owners == [("HR data owner",)]
    assert ("benefit_offer",) in missing
    assert ("employee",) not in missing
    assert ("leave_period",) not in missing
