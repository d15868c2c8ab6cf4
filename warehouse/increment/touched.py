"""Whose rows differ from those the last build was made of, told by content and not by time.

A build keeps, in its schema `kept`, one digest per landed table and person, the names a person goes
by, and the state of every landed table. Comparing them finds new, changed, deleted and moved rows
alike, whatever a rollback or a held table did in between. Not here: what is made again for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from expectations.contract import Contract
from expectations.frames import identifier, landed_columns, literal
from warehouse.landing.tables import LOWER, UPPER, row_digest

EMPLOYEE, REJECTED = "employee", "rejected"
REJECTED_COLUMNS = (
    "table_name", "row_number", "primary_key", "company_id", "employee_id", "columns", "reasons",
    "row_json",
)  # fmt: skip
TABLES = {
    "made_from": "facts varchar",
    "state": "table_name varchar, state varchar, content varchar",
    "digest": "table_name varchar, employee_id varchar, digest varchar",
    "name": "employee_id varchar, name varchar, is_key boolean",
}


class NotByPeopleError(Exception):
    """What changed cannot be told person by person: the build is made whole."""


def owner_column(contract: Contract) -> str:
    """Return the column that says whose row it is, or "" where a table's rows are nobody's."""
    if contract.table == EMPLOYEE:
        return "id"
    names = {c.name for c in landed_columns(contract)}
    return "employee_id" if "employee_id" in names else ""


def personal(contracts: Mapping[str, Contract]) -> dict[str, tuple[str, list[str]]]:
    """Return the owner column and the columns of every landed table whose rows are people's."""
    found = {
        table: (owner, [c.name for c in landed_columns(contract)])
        for table, contract in contracts.items()
        if (owner := owner_column(contract))
    }
    return found | {REJECTED: ("employee_id", list(REJECTED_COLUMNS))}


def write(
    connection: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    schema: str,
    tables: Iterable[str] | None = None,
) -> None:
    """Write the digests of what has landed (attached as `operational`).

    `tables` limits the digests to some tables; a row without a person counts for the person "".
    """
    for table, (owner, columns) in personal(contracts).items():
        if tables is None or table in tables:
            connection.execute(
                f"insert into {schema}.digest select {literal(table)}, "
                f"coalesce({identifier(owner)}, ''), count(*) || ':' || "
                f"{LOWER} || ':' || {UPPER} from (select "
                f"{identifier(owner)}, {row_digest(columns)} as digest from "
                f"operational.landing.{identifier(table)}) group by all"
            )


def begin(connection: duckdb.DuckDBPyConnection, schema: str) -> None:
    """Make the tables of a schema and write states and names of what has landed."""
    connection.execute(f"create schema {schema}")
    for name, columns in TABLES.items():
        connection.execute(f"create table {schema}.{name} ({columns})")
    connection.execute(
        f"insert into {schema}.state select table_name, state, content_hash from "
        "operational.landing.table_state"
    )
    digits = "nullif(regexp_replace(coalesce(ssn, ''), '[^0-9]', '', 'g'), '')"
    for name in ("id", "person_key", f"md5({digits})", "md5(person_key)"):
        connection.execute(
            f"insert into {schema}.name select id, {name}, {name in ('id', 'person_key')} "
            f"from operational.landing.employee where {name} is not null"
        )


def changed_tables(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the tables that landed with other rows than in `kept`.

    Raises NotByPeopleError where a table came or went: absence has a meaning for everybody (D47).
    """
    rows = connection.execute(
        "select coalesce(n.table_name, k.table_name), n.state is distinct from k.state "
        "from next.state n full join kept.state k on n.table_name = k.table_name "
        "where n.state is distinct from k.state or n.content is distinct from k.content"
    ).fetchall()
    if any(is_other for _, is_other in rows):
        raise NotByPeopleError("a table came, went or was held")
    return frozenset(table for table, _ in rows)


def differs(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Return whether any person's rows of a table differ from those of the last build."""
    rows = f"from next.digest where table_name = {literal(table)}"
    old = f"from kept.digest where table_name = {literal(table)}"
    return bool(
        _count(
            connection,
            f"((select * {rows} except select * {old}) union all "
            f"(select * {old} except select * {rows}))",
        )
    )


def find_people(connection: duckdb.DuckDBPyConnection, tables: Iterable[str], limit: float) -> int:
    """Write the people whose rows of these tables differ into `next.touched`; return how many.

    Every name of theirs goes into `next.key`. People who share a person key or a social security
    number, now or in the last build, are touched together. Raises NotByPeopleError where a row that
    is nobody's changed, or where more than this share of all people is touched.
    """
    among = "table_name in (" + ", ".join(literal(t) for t in ("", *tables)) + ")"
    connection.execute(
        "create table next.touched as select distinct coalesce(n.employee_id, k.employee_id) as "
        f"employee_id from (select * from next.digest where {among}) n "
        f"full join (select * from kept.digest where {among}) k "
        "on n.table_name = k.table_name and n.employee_id = k.employee_id "
        "where n.digest is distinct from k.digest"
    )
    if _count(connection, "next.touched where employee_id = ''"):
        raise NotByPeopleError("a row that is nobody's changed")
    connection.execute(
        "create table next.known as select * from next.name union select * from kept.name"
    )
    return _add_namesakes(connection, limit)


def add_companies(
    connection: duckdb.DuckDBPyConnection,
    companies: Iterable[str],
    contracts: Mapping[str, Contract],
    limit: float,
) -> int:
    """Touch everybody with a row in one of these companies as well; return how many are touched."""
    among = ", ".join(literal(company) for company in companies)
    for table, (owner, columns) in personal(contracts).items():
        if "company_id" in columns:
            connection.execute(
                f"insert into next.touched select distinct {identifier(owner)} "
                f"from operational.landing.{identifier(table)} where company_id in ({among}) "
                f"and {identifier(owner)} is not null "
                f"and {identifier(owner)} not in (select employee_id from next.touched)"
            )
    return _add_namesakes(connection, limit)


def _add_namesakes(connection: duckdb.DuckDBPyConnection, limit: float) -> int:
    """Touch everybody who shares a name with a touched person, and write their keys."""
    count = -1
    while count != (count := _count(connection, "next.touched")):
        connection.execute(
            "insert into next.touched select distinct other.employee_id from next.touched t "
            "join next.known mine on mine.employee_id = t.employee_id "
            "join next.known other on other.name = mine.name "
            "where other.employee_id not in (select employee_id from next.touched)"
        )
    if count > max(limit * _count(connection, "next.known where name = employee_id"), 1):
        raise NotByPeopleError("too many people are touched")
    connection.execute(
        "create or replace table next.key as select employee_id as key from next.touched union "
        "select name from next.known where is_key "
        "and employee_id in (select employee_id from next.touched)"
    )
    return count


def adopt(connection: duckdb.DuckDBPyConnection) -> None:
    """Make what was written as `next` what the build keeps, and drop the rest."""
    connection.execute(
        "delete from kept.digest where table_name in (select table_name from next.digest) "
    )
    connection.execute("insert into kept.digest select * from next.digest")
    for table in ("state", "name"):
        connection.execute(f"delete from kept.{table}")
        connection.execute(f"insert into kept.{table} select * from next.{table}")
    connection.execute("drop schema next cascade")


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    row = connection.execute(f"select count(*) from {relation}").fetchone()
    return int(row[0]) if row else 0
