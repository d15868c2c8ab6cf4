"""Every bad value of the corpus, all of them in one load: each as stated, and no neighbour lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import duckdb
import pytest

from expectations.contract import load_contracts
from tests.unit.warehouse.bad_inputs.rows import PADDING, Folder, key_of
from tests.unit.warehouse.bad_inputs.value_cases import CASES, KEPT, Case
from tests.unit.warehouse.conftest import no_judge
from warehouse.home import Home
from warehouse.landing.ingest import ingest
from warehouse.landing.report import LandingReport
from warehouse.settings import Run


@dataclass(frozen=True)
class Loaded:
    """A landed folder that can be asked."""

    report: LandingReport
    connection: duckdb.DuckDBPyConnection

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Return the rows of one question."""
        return self.connection.execute(sql, list(values)).fetchall()


def key(number: int) -> str:
    """Return the key of the row of a case."""
    return key_of(f"case {number}")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    base = tmp_path_factory.mktemp("values")
    folder = Folder(base / "source")
    for table in sorted({case.table for case in CASES}):
        folder.pad(table)
    for number, case in enumerate(CASES):
        cells = {"id": key(number), **dict(case.more), case.column: case.value}
        if case.table == "employee" and case.column != "ssn":
            cells["ssn"] = ""
        folder.add(case.table, f"case {number}", **cells)
    for row in folder.tables["employee"]:
        row.setdefault("ssn", "")
    run = Run(
        date(2025, 6, 30), datetime(2026, 7, 1, tzinfo=UTC), "tester", Home(base / "home"),
        str(folder.write()),
    )  # fmt: skip
    report = ingest(run, load_contracts(), no_judge)
    with duckdb.connect(str(run.home.landing_file), read_only=True) as connection:
        yield Loaded(report, connection)


def cases(outcome: str) -> list[object]:
    """Return the cases of one outcome as parameters, named as in the corpus."""
    return [
        pytest.param(number, case, id=f"{case.name}-{number}")
        for number, case in enumerate(CASES)
        if case.outcome == outcome
    ]


def raw_key(number: int, case: Case) -> str:
    """Return the key of a case's row as the source wrote it."""
    return case.value if case.column == "id" else key(number)


@pytest.mark.parametrize(("number", "case"), cases("quarantine"))
def test_a_row_that_breaks_its_contract_is_put_aside_whole(
    loaded: Loaded, number: int, case: Case
) -> None:
    found = loaded.rows(
        "select reasons, row_json from landing.rejected where table_name = ? and primary_key = ?",
        case.table,
        raw_key(number, case),
    )
    [(reasons, raw)] = found
    codes = [str(reason).split(" ")[0] for reason in json.loads(str(reasons))]
    assert case.code in codes
    assert json.loads(str(raw))[case.column] == (case.value or None)
    if case.code.startswith("value.") and len(case.value) > 4:
        assert case.value not in str(reasons)
    assert not loaded.rows(f"select 1 from landing.{case.table} where id = ?", key(number))


@pytest.mark.parametrize(("number", "case"), cases("value"))
def test_a_json_value_that_cannot_be_read_is_emptied_and_its_row_lands(
    loaded: Loaded, number: int, case: Case
) -> None:
    landed = f"select {case.column} from landing.{case.table} where id = ?"
    assert loaded.rows(landed, key(number)) == [(None,)]
    [(kind, reasons, length)] = loaded.rows(
        "select kind, reasons, length(row_json) from landing.rejected "
        "where table_name = ? and primary_key = ?",
        case.table,
        key(number),
    )
    assert kind == "value"
    assert [r.split(" ")[0] for r in json.loads(str(reasons))] == [case.code]
    assert int(str(length)) < 200_000


@pytest.mark.parametrize(("number", "case"), cases("lands"))
def test_a_value_that_may_land_does_and_every_change_is_recorded(
    loaded: Loaded, number: int, case: Case
) -> None:
    wanted = case.value if case.landed == KEPT else case.landed
    where = wanted if case.column == "id" else key(number)
    sql = f"select cast({case.column} as varchar) from landing.{case.table} where id = ?"
    assert loaded.rows(sql, where) == [(wanted,)]
    assert not loaded.rows("select 1 from landing.rejected where primary_key = ?", where)
    if case.code:
        codes = loaded.rows(
            "select reason_code from landing.finding where table_name = ? "
            "and (column_name = ? or reason_code like 'check.%')",
            case.table,
            case.column,
        )
        assert (case.code,) in codes


def test_no_clean_neighbour_is_lost_and_every_row_is_accounted_for(loaded: Loaded) -> None:
    assert loaded.report.refusals == ()
    for table in sorted({case.table for case in CASES}):
        aside = sum(c.table == table and c.outcome == "quarantine" for c in CASES)
        [(received, landed, rejected)] = loaded.rows(
            "select received, landed, rejected from history.load_table where table_name = ?", table
        )
        assert rejected == aside
        assert received == int(str(landed)) + aside
        assert int(str(landed)) >= PADDING


def test_nothing_is_said_about_values_that_are_merely_unusual(loaded: Loaded) -> None:
    said = loaded.rows("select distinct reason_code from landing.finding where severity <= 4")
    wanted = {case.code for case in CASES if case.outcome == "lands"}
    twin = "check.declared_precision_period_over_period_change"  # of value.overflow_wide
    assert {str(code) for (code,) in said} <= wanted | {twin}
