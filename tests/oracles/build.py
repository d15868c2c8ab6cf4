"""Builds the warehouse once from rows given as dictionaries, for oracles and recounts.

Belongs here: a landing database with every contract's typed table, and one dbt run in this process.
Does not: any rule. Nothing here knows what a column means.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl

from expectations.contract import Contract, load_contracts
from expectations.frames import identifier, landed_columns, landing_type
from warehouse.increment.statements import keep

Cell = str | int | bool | Decimal | date | datetime | None
Row = Mapping[str, Cell]
Rows = Mapping[str, Sequence[Row]]

_DBT = Path(__file__).resolve().parents[2] / "dbt"


class BuildError(Exception):
    """A dbt run that failed; the message names the nodes."""


def write_landing(home: Path, rows: Rows) -> Path:
    """A landing database in the home holding the rows; a table not named in them is absent."""
    contracts = load_contracts()
    unknown = sorted(set(rows) - set(contracts))
    if unknown:
        raise BuildError(f"no contract for {', '.join(unknown)}")
    path = home / "landing" / "landing.duckdb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{path}' as operational")
        connection.execute("use operational")
        _create_bookkeeping(connection)
        for contract in contracts.values():
            _create_table(connection, contract, rows.get(contract.table))
    return path


def build(
    home: Path, as_of: str, select: Iterable[str], command: str = "build", tests: bool = False
) -> Path:
    """The warehouse database after one dbt run of the selection over the home's landing."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    warehouse = home / "build" / "warehouse.duckdb"
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    warehouse.unlink(missing_ok=True)
    os.environ["BENEFITS_BUILD_FILE"] = str(warehouse)
    os.environ["BENEFITS_LANDING_FILE"] = str(home / "landing" / "landing.duckdb")
    arguments = [command, "--quiet", "--project-dir", str(_DBT), "--profiles-dir", str(_DBT)]
    arguments += ["--target-path", str(home / "target"), "--log-path", str(home / "logs")]
    arguments += ["--vars", f"{{as_of: '{as_of}'}}", "--select", *select]
    if not tests:
        arguments += ["--exclude-resource-type", "test", "unit_test"]
    result = dbtRunner().invoke(arguments)
    DuckDBConnectionManager.close_all_connections()
    if not result.success:
        failed = [r for r in getattr(result.result, "results", ()) if r.status not in _GOOD]
        lines = [f"{r.node.name}: {r.message}" for r in failed]
        raise BuildError("\n".join(lines) or str(result.exception))
    compiled = {r.node.unique_id: getattr(r.node, "compiled_code", "") for r in result.result}
    with duckdb.connect(str(warehouse)) as connection:  # what a replay of it runs
        connection.execute("create schema kept")
        keep(connection, compiled)
    return warehouse


_GOOD = ("success", "pass", "no-op")


def _create_bookkeeping(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create schema landing")
    connection.execute(
        "create table landing.table_state (table_name varchar, state varchar, "
        "row_count bigint, rejected_count bigint, content_hash varchar)"
    )
    connection.execute(
        "create table landing.rejected (table_name varchar, row_number bigint, "
        "primary_key varchar, company_id varchar, employee_id varchar, columns varchar, "
        "reasons varchar, row_json varchar)"
    )


def _create_table(
    connection: duckdb.DuckDBPyConnection, contract: Contract, rows: Sequence[Row] | None
) -> None:
    columns = {c.name: landing_type(c) for c in landed_columns(contract)}
    declared = ", ".join(f"{identifier(name)} {kind}" for name, kind in columns.items())
    table = f"landing.{identifier(contract.table)}"
    connection.execute(f"create table {table} ({declared})")
    state = "absent" if rows is None else "present" if rows else "empty"
    connection.execute(
        "insert into landing.table_state values (?, ?, ?, 0, '')",
        [contract.table, state, len(rows or ())],
    )
    if not rows:
        return
    strange = sorted({key for row in rows for key in row} - set(columns))
    if strange:
        raise BuildError(f"{contract.table} has no column {', '.join(strange)}")
    raw = pl.DataFrame(
        {name: [_text(row.get(name)) for row in rows] for name in columns},
        schema=dict.fromkeys(columns, pl.String),
    )
    connection.register("raw_rows", raw)
    casts = ", ".join(
        f"cast({identifier(name)} as {kind}) as {identifier(name)}"
        for name, kind in columns.items()
    )
    connection.execute(f"insert into {table} select {casts} from raw_rows")
    connection.unregister("raw_rows")


def _text(value: Cell) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def rows_of(warehouse: Path, relation: str, order: str) -> list[dict[str, object]]:
    """Every row of a built relation as dictionaries, in the given order."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        cursor = connection.execute(f"select * from {relation} order by {order}")
        names = [item[0] for item in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


__all__ = ["BuildError", "Cell", "Row", "Rows", "build", "rows_of", "write_landing"]
