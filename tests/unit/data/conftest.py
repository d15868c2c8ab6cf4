"""One generated sample employer for the tests of this folder, and its files as DuckDB views.

Belongs here: the shared sample. Does not: any expectation about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.sample.generator import SampleRequest, SampleTable, generate
from expectations.contract import Contract, load_contracts
from expectations.frames import cast_sql, identifier, literal


@dataclass(frozen=True)
class Sample:
    """The files of one sample, typed by their contracts in the schema `landing`."""

    directory: Path
    tables: tuple[SampleTable, ...]
    connection: duckdb.DuckDBPyConnection

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query over the sample."""
        return self.connection.execute(sql).fetchall()

    def number(self, sql: str) -> int:
        """The single number a query answers with."""
        return int(self.rows(sql)[0][0])


@pytest.fixture(scope="session")
def contracts() -> dict[str, Contract]:
    return load_contracts()


@pytest.fixture(scope="session")
def sample(
    tmp_path_factory: pytest.TempPathFactory, contracts: dict[str, Contract]
) -> Iterator[Sample]:
    directory = tmp_path_factory.mktemp("sample")
    tables = generate(SampleRequest(seed=11), directory)
    with duckdb.connect() as connection:
        connection.execute("create schema raw; create schema landing")
        for table in tables:
            _land(connection, contracts[table.table], table.path)
        connection.execute("set schema = 'landing'")
        yield Sample(directory, tables, connection)


def _land(connection: duckdb.DuckDBPyConnection, contract: Contract, path: Path) -> None:
    name = identifier(contract.table)
    connection.execute(
        f"create table raw.{name} as select * from"
        f" read_csv({literal(str(path))}, all_varchar = true, header = true, nullstr = '')"
    )
    cells = ", ".join(
        f"{cast_sql(column, identifier(column.name))} as {identifier(column.name)}"
        for column in contract.columns
    )
    connection.execute(f"create table landing.{name} as select {cells} from raw.{name}")
