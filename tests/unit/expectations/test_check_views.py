"""Check views, run in DuckDB over the real contracts: which rows keep which promise."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from expectations.check_views import ALL_KEPT, check_view_sql, promises
from expectations.contract import load_contracts
from expectations.frames import identifier, landed_columns, landing_type
from expectations.suites import promise_meta

CONTRACTS = load_contracts()


@pytest.fixture
def landing() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema landing")
        connection.execute("create table landing.table_state (table_name text, state text)")
        for contract in CONTRACTS.values():
            columns = ", ".join(
                f"{identifier(column.name)} {landing_type(column)}"
                for column in landed_columns(contract)
            )
            connection.execute(f"create table landing.{identifier(contract.table)} ({columns})")
        for contract in CONTRACTS.values():
            connection.execute(check_view_sql(contract, CONTRACTS))
        yield connection


def _insert(connection: duckdb.DuckDBPyConnection, table: str, **row: object) -> None:
    names = ", ".join(identifier(name) for name in row)
    marks = ", ".join("?" for _ in row)
    connection.execute(
        f"insert into landing.{identifier(table)} ({names}) values ({marks})", list(row.values())
    )


def _kept(connection: duckdb.DuckDBPyConnection, table: str, promise: str) -> list[bool]:
    view = f"landing.{identifier(f'check_{table}')}"
    rows = connection.execute(f"select {identifier(promise)} from {view} order by row_key")
    return [kept for (kept,) in rows.fetchall()]


def test_every_view_stands_on_an_empty_landing(landing: duckdb.DuckDBPyConnection) -> None:
    for table, contract in CONTRACTS.items():
        cursor = landing.execute(f"select * from landing.{identifier(f'check_{table}')}")
        names = [column[0] for column in cursor.description or ()]
        kept = [promise.name for promise in promises(contract, CONTRACTS)]
        assert names == ["row_key", "company_key", *kept, ALL_KEPT]


def test_a_number_may_repeat_in_another_company_but_not_in_its_own(
    landing: duckdb.DuckDBPyConnection,
) -> None:
    for row, company in (("1", "a"), ("2", "a"), ("3", "b")):
        _insert(landing, "benefits_enrollment", id=row, company_id=company, enrollment_number="7")
    _insert(landing, "benefits_enrollment", id="4", company_id="a")
    _insert(landing, "benefits_enrollment", id="5", company_id="a")
    key = "uk_benefits_enrollment_company_number"
    assert _kept(landing, "benefits_enrollment", key) == [False, False, True, True, True]


def test_a_reference_must_stay_in_its_company(landing: duckdb.DuckDBPyConnection) -> None:
    _insert(landing, "company", id="a")
    _insert(landing, "company", id="b")
    _insert(landing, "employee", id="e", company_id="a")
    for row, company, employee in (("1", "a", "e"), ("2", "b", "e"), ("3", "a", "x")):
        _insert(landing, "benefits_enrollment", id=row, company_id=company, employee_id=employee)
    _insert(landing, "benefits_enrollment", id="4", company_id="a")
    assert _kept(landing, "benefits_enrollment", "fk_employee_id") == [True, False, False, True]


def test_a_reference_to_an_absent_table_is_suspended(landing: duckdb.DuckDBPyConnection) -> None:
    landing.execute("insert into landing.table_state values ('employee', 'absent')")
    _insert(landing, "benefits_enrollment", id="1", company_id="a", employee_id="x")
    assert _kept(landing, "benefits_enrollment", "fk_employee_id") == [True]


def test_the_company_is_found_through_other_tables(landing: duckdb.DuckDBPyConnection) -> None:
    _insert(landing, "employee", id="e", company_id="a")
    _insert(landing, "employee", id="f", company_id="b")
    _insert(landing, "cobra_event", id="v", employee_id="e")
    _insert(landing, "cobra_beneficiary", id="q", cobra_event_id="v")
    _insert(landing, "cobra_payment", id="1", cobra_beneficiary_id="q")
    found = landing.execute("select company_key from landing.check_cobra_payment").fetchall()
    assert found == [("a",)]


def test_an_empty_value_does_not_break_a_check(landing: duckdb.DuckDBPyConnection) -> None:
    for row, start, end in (
        ("1", "2024-01-02", "2024-01-01"),
        ("2", "2024-01-01", "2024-01-01"),
        ("3", "2024-01-01", None),
    ):
        _insert(
            landing, "benefits_enrollment", id=row, coverage_start_date=start, coverage_end_date=end
        )
    assert _kept(landing, "benefits_enrollment", "chk_date_order") == [False, True, True]


def test_a_null_part_hides_a_negative_one_no_more_than_sql_does(
    landing: duckdb.DuckDBPyConnection,
) -> None:
    table = "benefits_coverage_details"
    _insert(landing, table, id="1", coverage_amount=None, deductible_amount=-1, copay_amount=0)
    _insert(landing, table, id="2", coverage_amount=None, deductible_amount=0, copay_amount=0)
    assert _kept(landing, table, "chk_positive_amounts") == [False, True]


def test_missing_and_unlisted_values_are_seen(landing: duckdb.DuckDBPyConnection) -> None:
    _insert(landing, "department", id="1", company_id="a", name="Works")
    _insert(landing, "department", id="2", company_id="a")
    _insert(landing, "pay_calendar", id="1", pay_frequency="hourly")
    assert _kept(landing, "department", "required_values") == [True, False]
    assert _kept(landing, "pay_calendar", "known_values") == [False]


def test_a_promise_tells_the_certificate_its_severity() -> None:
    contract = CONTRACTS["benefits_provider_config"]
    found = {p.name: promise_meta(p) for p in promises(contract, CONTRACTS)}
    assert found["chk_error_count_valid"]["on_fail"] == "flag"
    assert found["chk_positive_values"]["on_fail"] == "quarantine"
    assert found["pk_benefits_provider_config"]["severity"] == 1
