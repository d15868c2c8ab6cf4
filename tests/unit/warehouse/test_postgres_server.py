"""The test server holds what the files hold, in native types, behind a password."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.sample.generator import SampleRequest, generate
from expectations.contract import load_contracts
from tests.unit.warehouse import postgres_server
from tests.unit.warehouse.postgres_server import PASSWORD, PostgresError, PostgresServer

postgres = postgres_server.postgres


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("source")
    generate(SampleRequest(people=24, companies=2), directory)
    return directory


def test_the_server_holds_every_row_in_native_types(postgres: PostgresServer, source: Path) -> None:
    tables = postgres.load(source, load_contracts(), schema="loaded")
    assert len(tables) == len(list(source.glob("*.csv")))
    assert postgres.sql("select count(*) from loaded.employee") == "24"
    types = postgres.sql(
        "select distinct data_type from information_schema.columns where table_schema = 'loaded'"
    )
    native = {"boolean", "date", "integer", "jsonb", "numeric", "text", "uuid"}
    assert native | {"timestamp without time zone"} == set(types.splitlines())
    empty = "select count(*) from loaded.employment_period where end_date is null"
    assert int(postgres.sql(empty)) > 0


def test_no_one_enters_without_the_password(postgres: PostgresServer) -> None:
    assert PASSWORD not in postgres.address
    with pytest.raises(PostgresError, match="password authentication failed"):
        postgres_server.run(
            [str(postgres.programs / "psql"), postgres.address, "--command", "select 1"],
            environment={"PGPASSWORD": "guessed"},
        )
