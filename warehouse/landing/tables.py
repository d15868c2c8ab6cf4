"""The tables of the landing database: current rows, their history, and the bookkeeping of loads.

`landing.<table>` holds the current rows and the load each came with (`_valid_from`);
`history.<table>` the versions that ended. What a load says about a table (state, rejected rows,
findings, check results) is current in `landing` and kept in `history.kept_…` once a later load
says something else. Not here: what fills them.
"""

from __future__ import annotations

import duckdb

from expectations.contract import Contract
from expectations.frames import identifier, landed_columns, landing_type

SAID = {
    "table_state": "table_name varchar, state varchar, row_count bigint, rejected_count bigint, "
    "content_hash varchar, sha256 varchar, reason varchar, since bigint",
    "rejected": "table_name varchar, row_number bigint, kind varchar, primary_key varchar, "
    "company_id varchar, employee_id varchar, columns varchar, reasons varchar, row_json varchar",
    "finding": "table_name varchar, reason_code varchar, column_name varchar, message varchar, "
    "severity integer, row_count bigint, origin varchar, company_id varchar",
    "check_result": "table_name varchar, check_name varchar, kind varchar, company_id varchar, "
    "severity integer, on_fail varchar, success boolean, failing_rows bigint, failing_keys varchar",
}
LOWER = "sum(cast(digest >> 64 as hugeint))"
UPPER = "sum(cast(digest & cast(18446744073709551615 as uhugeint) as hugeint))"
BOUNDS = "_valid_from bigint default 0, _valid_to bigint"
OWN = {
    "load": "load_id bigint, as_of date, started varchar, actor varchar, source varchar, "
    "kind varchar, code varchar",
    "source_state": "table_name varchar, token varchar, watermark varchar, whole_at varchar",
    "load_table": "load_id bigint, table_name varchar, mode varchar, received bigint, "
    "landed bigint, rejected bigint, duplicates bigint, superseded bigint, inserted bigint, "
    "changed bigint, ended bigint, late bigint",
}


def create_bookkeeping(connection: duckdb.DuckDBPyConnection) -> None:
    """Create both schemas and their bookkeeping tables in an empty database."""
    connection.execute("create schema if not exists landing")
    connection.execute("create schema if not exists history")
    for name, columns in SAID.items():
        connection.execute(f"create table landing.{name} ({columns})")
        connection.execute(f"create table history.kept_{name} ({columns}, {BOUNDS})")
    for name, columns in OWN.items():
        connection.execute(f"create table history.{name} ({columns})")


def create_table(connection: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    """Create the empty typed table of one contract, and that of its ended versions."""
    columns = ", ".join(f"{identifier(c.name)} {landing_type(c)}" for c in landed_columns(contract))
    name = identifier(contract.table)
    connection.execute(f"create table landing.{name} ({columns}, _valid_from bigint default 0)")
    connection.execute(f"create table history.{name} ({columns}, {BOUNDS})")


def names_of(contract: Contract) -> str:
    """Return the landed columns of a contract as a SQL list."""
    return ", ".join(identifier(c.name) for c in landed_columns(contract))


def key_text(contract: Contract, alias: str) -> str:
    """Return the SQL of a row's primary key as one text."""
    return " || '|' || ".join(
        f"cast({alias}.{identifier(c)} as varchar)" for c in contract.primary_key
    )


def count_rows(connection: duckdb.DuckDBPyConnection, relation: str, where: str = "true") -> int:
    """Return the number of rows of a relation."""
    row = connection.execute(f"select count(*) from {relation} where {where}").fetchone()
    return int(row[0]) if row else 0


def row_text(columns: list[str]) -> str:
    """Return the SQL of a row's cells as one canonical text, the same on every run (D38)."""
    cells = ", ".join(f"coalesce(cast({identifier(c)} as varchar), chr(30))" for c in columns)
    return f"concat_ws(chr(31), {cells})"


def row_digest(columns: list[str]) -> str:
    """Return the SQL of a row's digest; LOWER and UPPER add its halves up over many rows."""
    return f"md5_number({row_text(columns)})"


def content_hash(connection: duckdb.DuckDBPyConnection, relation: str, columns: list[str]) -> str:
    """Return a hash of a relation's rows that does not depend on their order or on the file.

    Rows are written as canonical text, hashed one by one and added up, so that equal sets of rows
    have equal hashes on every run (D38).
    """
    row = connection.execute(
        f"select count(*), coalesce({LOWER}, 0), coalesce({UPPER}, 0) "
        f"from (select {row_digest(columns)} as digest from {relation})"
    ).fetchone()
    assert row is not None
    digest = connection.execute("select sha256(?)", ["|".join(str(v) for v in row)]).fetchone()
    assert digest is not None
    return str(digest[0])
