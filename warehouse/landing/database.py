"""The landing database of the next load: the last one carried over, built beside it.

While contracts and landing code stand, the last file is copied byte by byte and only what changed
is touched; otherwise its rows and history are carried into new tables and everything is read
again. Not here: what a load does with it.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping

import duckdb

from expectations.check_views import check_view_sql
from expectations.contract import Contract
from expectations.frames import identifier, literal
from warehouse.database_file import DatabaseFile, add_rows_key
from warehouse.home import Home
from warehouse.landing.tables import create_bookkeeping, create_table
from warehouse.publish.version import CODE, tree_hash
from warehouse.settings import Run, memory_limit
from warehouse.sources.extract import Known


def open_next(
    contracts: Mapping[str, Contract], run: Run, kind: str = "load"
) -> tuple[duckdb.DuckDBPyConnection, int]:
    """Return a connection to the next landing database and the number of its load."""
    fresh, last = run.home.next_landing, run.home.landing
    fresh.path.unlink(missing_ok=True)
    fresh.path.with_name(fresh.path.name + ".wal").unlink(missing_ok=True)
    code = tree_hash(CODE)
    is_copied = last.path.exists() and _code_of(last) == code
    if is_copied:
        shutil.copyfile(last.path, fresh.path)
    connection = fresh.open()
    add_rows_key(connection, run.home.keys.ensure("extract"))
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute("set autoload_known_extensions = false")
    connection.execute("set timezone = 'UTC'")
    connection.execute(f"set memory_limit = {literal(memory_limit())}")
    if not is_copied:
        _create(connection, contracts)
        if last.path.exists():
            _carry_over(connection, last)
    row = connection.execute("select coalesce(max(load_id), 0) + 1 from history.load").fetchone()
    number = int(row[0]) if row else 1
    connection.execute(
        "insert into history.load values (?, ?, ?, ?, ?, ?, ?)",
        [number, run.as_of, run.now.isoformat(), run.actor, run.source, kind, code],
    )
    return connection, number


def known_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, Known]:
    """Return what earlier loads left about each table; a held one is read again.

    What a rollback brought back stands until the source says something new.
    """
    rows = connection.execute(
        "select s.table_name, s.token, s.watermark, s.whole_at, "
        "l.kind is distinct from 'rollback' and "
        "exists(select 1 from landing.rejected r where r.table_name = s.table_name "
        "and r.kind = 'waiting') from history.source_state s "
        "join landing.table_state t on t.table_name = s.table_name "
        "left join history.load l on l.load_id = t.since "
        "where t.state <> 'held' or l.kind = 'rollback'"
    ).fetchall()
    return {t: Known(token, mark, at, waits) for t, token, mark, at, waits in rows}


def landed_load(home: Home) -> int:
    """Return the number of the last load in the landing database."""
    with home.landing.open(read_only=True) as connection:
        row = connection.execute("select max(load_id) from history.load").fetchone()
    return int(row[0]) if row and row[0] else 0


def _create(connection: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> None:
    connection.execute("begin transaction")
    create_bookkeeping(connection)
    for contract in contracts.values():
        create_table(connection, contract)
    for contract in contracts.values():
        connection.execute(check_view_sql(contract, contracts))
    absent = ", ".join(f"({literal(t)}, 'absent', 0, 0, '', '', '', 0)" for t in contracts)
    connection.execute(f"insert into landing.table_state values {absent}")
    connection.execute("commit")


def _carry_over(connection: duckdb.DuckDBPyConnection, last: DatabaseFile) -> None:
    """Copy rows, history and bookkeeping of the last file, column by column where names agree."""
    last.attach(connection, "last")
    here, there = _columns(connection, None), _columns(connection, "last")
    connection.execute("begin transaction")
    for relation, columns in here.items():
        if relation == ("history", "source_state"):
            continue
        names = ", ".join(identifier(c) for c in columns if c in there.get(relation, ()))
        if names:
            schema, table = relation
            name = f"{schema}.{identifier(table)}"
            if relation == ("landing", "table_state"):
                known = f"select table_name from last.{name}"
                connection.execute(f"delete from {name} where table_name in ({known})")
            connection.execute(f"insert into {name} ({names}) select {names} from last.{name}")
    connection.execute("commit")
    connection.execute("detach last")


def _columns(
    connection: duckdb.DuckDBPyConnection, database: str | None
) -> dict[tuple[str, str], list[str]]:
    rows = connection.execute(
        "select c.schema_name, c.table_name, list(c.column_name order by c.column_index) "
        "from duckdb_columns() c join duckdb_tables() t on t.database_name = c.database_name "
        "and t.schema_name = c.schema_name and t.table_name = c.table_name "
        "where c.database_name = coalesce(?, current_database()) "
        "and c.schema_name in ('landing', 'history') group by all",
        [database],
    ).fetchall()
    return {(schema, table): list(names) for schema, table, names in rows}


def _code_of(last: DatabaseFile) -> str:
    """Return the code that wrote a landing file, "" where the file is of an older shape."""
    connection = last.open(read_only=True)
    try:
        row = connection.execute(
            "select code from history.load order by load_id desc limit 1"
        ).fetchone()
    except duckdb.CatalogException:
        return ""
    finally:
        connection.close()
    return str(row[0]) if row else ""
