"""Casts, run in DuckDB: which text becomes which value, and which becomes none."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import duckdb
import pytest

from expectations.contract import Column, load_contracts
from expectations.frames import cast_sql, landed_columns, landing_type


def _cast(column: Column, text: str) -> object:
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'America/New_York'")
        sql = f"select {cast_sql(column, 'raw')} from (select ?::varchar as raw)"
        row = connection.execute(sql, [text]).fetchone()
    assert row is not None
    return row[0]


MONEY = Column("c", "decimal", precision=10, scale=2)
ENUM = Column("c", "enum", values=("AD&D", "State Laws"), aliases=(("State Law", "State Laws"),))


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        (MONEY, "25", Decimal("25.00")),
        (MONEY, "-0.00", Decimal("0.00")),
        (MONEY, "12345678.99", Decimal("12345678.99")),
        (Column("c", "int"), "12", 12),
        (Column("c", "bool"), "TRUE", True),
        (Column("c", "bool"), "0", False),
        (Column("c", "date"), "2024-02-29", date(2024, 2, 29)),
        (Column("c", "timestamp"), "2024-01-01", datetime(2024, 1, 1)),
        (Column("c", "timestamp"), "2026-03-08 02:30:00", datetime(2026, 3, 8, 2, 30)),
        (Column("c", "timestamp"), "2024-01-01T10:00:00-05:00", datetime(2024, 1, 1, 15)),
        (Column("c", "timestamp"), "2024-01-01 10:00:00Z", datetime(2024, 1, 1, 10)),
        (ENUM, "AD&D", "AD&D"),
        (ENUM, "State Law", "State Laws"),
        (Column("c", "text", format="ssn"), "900-01-2345", "900012345"),
        (Column("c", "text", format="ein"), "12-3456789", "123456789"),
        (Column("c", "text", max_length=5), "ééééé", "ééééé"),
        (Column("c", "text"), "covered by\nspouse", "covered by\nspouse"),
        (
            Column("c", "uuid"),
            "6F9619FF-8B86-D011-B42D-00CF4FC964FF",
            "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
        ),
    ],
)
def test_text_that_fits_becomes_its_value(column: Column, text: str, value: object) -> None:
    assert _cast(column, text) == value


@pytest.mark.parametrize(
    ("column", "text"),
    [
        *((MONEY, text) for text in ("1.005", "123456789.00", "1e2", "NaN", "inf", "$25", "25,00")),
        *((Column("c", "int"), text) for text in ("12.7", "0x1F", "1_000", "99999999999")),
        *((Column("c", "bool"), text) for text in ("Y", "yes", "2")),
        *(
            (Column("c", "date"), text)
            for text in ("2026-02-30", "0000-00-00", "9999-12-31", "1850-01-01", "infinity")
        ),
        *((Column("c", "date"), text) for text in ("02/03/2026", "01/02/68", "2024-1-1")),
        *((Column("c", "timestamp"), text) for text in ("2024-13-01", "infinity", "10:00")),
        *((ENUM, text) for text in ("ad&d", "AD&D ", "State")),
        (Column("c", "uuid"), "{6f9619ff-8b86-d011-b42d-00cf4fc964ff}"),
        (Column("c", "text", max_length=5), "éééééé"),
        (Column("c", "text", format="ssn"), "12345678"),
        (Column("c", "text", format="ein"), "12-345678"),
        (Column("c", "text", format="email"), "a@b.c\r\nBcc: d@e.f"),
        (Column("c", "text", format="email"), "a@b.c,d@e.f"),
        (Column("c", "text", format="identifier", max_length=50), "PLAN\u200bA"),
        (Column("c", "text", format="line"), "Jo\x00e"),
    ],
)
def test_text_that_does_not_fit_becomes_no_value(column: Column, text: str) -> None:
    assert _cast(column, text) is None


def test_a_name_that_looks_like_nothing_is_a_name() -> None:
    last_name = load_contracts()["employee"].column("last_name")
    for text in ("Null", "NA", "None", "O'Brien-Smith Jr.", "Robert'); drop table employee;--"):
        assert _cast(last_name, text) == text


def test_a_wide_value_of_a_stored_figure_lands_whole() -> None:
    change = load_contracts()["benefits_cost_analysis"].column("period_over_period_change")
    assert landing_type(change) == "DECIMAL(18,2)"
    assert _cast(change, "1234.56") == Decimal("1234.56")


def test_secret_columns_do_not_land_and_a_key_lands_as_its_hash() -> None:
    contracts = load_contracts()
    provider = [column.name for column in landed_columns(contracts["benefits_provider_config"])]
    access = [column.name for column in landed_columns(contracts["benefits_api_access"])]
    assert "authentication_config" not in provider
    assert "api_key" not in access
    assert "api_key_hash" in access
