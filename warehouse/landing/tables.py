"""The tables of the landing database that are not operational: state, quarantine, findings, loads.

Not here: what fills them.
"""

from __future__ import annotations

import duckdb

from expectations.contract import Contract
from expectations.frames import identifier, landed_columns, landing_type

BOOKKEEPING = (
    "create schema if not exists landing",
    "create table landing.table_state (table_name varchar, state varchar, row_count bigint, "
    "rejected_count bigint, content_hash varchar, sha256 varchar, reason varchar)",
    "create table landing.rejected (table_name varchar, row_number bigint, kind varchar, "
    "primary_key varchar, company_id varchar, employee_id varchar, columns varchar, "
    "reasons varchar, row_json varchar)",
    "create table landing.finding (table_name varchar, reason_code varchar, column_name varchar, "
    "message varchar, severity integer, row_count bigint)",
    "create table landing.check_result (table_name varchar, check_name varchar, kind varchar, "
    "company_id varchar, severity integer, on_fail varchar, success boolean, "
    "failing_rows bigint, failing_keys varchar)",
)


def create_bookkeeping(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the schema and its bookkeeping tables in an empty database."""
    for statement in BOOKKEEPING:
        connection.execute(statement)


def create_table(connection: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    """Create the empty typed table of one contract."""
    columns = ", ".join(f"{identifier(c.name)} {landing_type(c)}" for c in landed_columns(contract))
    connection.execute(f"create table landing.{identifier(contract.table)} ({columns})")


def content_hash(connection: duckdb.DuckDBPyConnection, relation: str, columns: list[str]) -> str:
    """Return a hash of a relation's rows that does not depend on their order or on the file.

    Rows are written as canonical text, hashed one by one and added up, so that equal sets of rows
    have equal hashes on every run (D38).
    """
    cells = ", ".join(f"coalesce(cast({identifier(c)} as varchar), chr(30))" for c in columns)
    row = connection.execute(
        f"select count(*), coalesce(sum(cast(md5_number_lower(t) as hugeint)), 0), "
        f"coalesce(sum(cast(md5_number_upper(t) as hugeint)), 0) "
        f"from (select concat_ws(chr(31), {cells}) as t from {relation})"
    ).fetchone()
    assert row is not None
    digest = connection.execute("select sha256(?)", ["|".join(str(v) for v in row)]).fetchone()
    assert digest is not None
    return str(digest[0])
