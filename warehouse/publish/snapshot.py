"""The snapshot file: marts, report rows and the quality certificate of one finished build.

Only what people may be shown is copied; staging and landing stay behind. Not here: the pointer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import duckdb

from expectations.frames import identifier, literal
from warehouse.database_file import DatabaseFile
from warehouse.errors import WarehouseError
from warehouse.landing.tables import content_hash, count_rows
from warehouse.settings import Tick, memory_limit, no_tick

SCHEMAS = ("marts", "reports")


def write_snapshot(
    build: DatabaseFile, landing: DatabaseFile, target: DatabaseFile, tick: Tick = no_tick
) -> None:
    """Copy the published schemas of a build into a fresh file, and write the certificate."""
    target.path.unlink(missing_ok=True)
    connection = target.open()
    try:
        connection.execute(f"set memory_limit = {literal(memory_limit())}")
        # a quarter more on disk for a quarter less time to write, and less to read
        connection.execute("set disabled_compression_methods = 'fsst,dict_fsst'")
        build.attach(connection, "build")
        landing.attach(connection, "operational")
        for schema in SCHEMAS:
            connection.execute(f"create schema {schema}")
        names = _relations(connection, "build", SCHEMAS)
        for done, (schema, table) in enumerate(names):
            tick(done, len(names))
            name = f"{schema}.{identifier(table)}"
            connection.execute(f"create table {name} as select * from build.{name}")
        views = _views(connection, "build")
        connection.execute("detach build")
        connection.execute("detach operational")
        _create_views(connection, views, build.path.stem)
        connection.execute("checkpoint")
    finally:
        connection.close()


def _views(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, str]:
    """Return the statement behind every published view, by its relation."""
    rows = connection.execute(
        "select schema_name, view_name, sql from duckdb_views() where database_name = ? "
        "and list_contains(?, schema_name) order by schema_name, view_name",
        [database, list(SCHEMAS)],
    ).fetchall()
    return {f"{schema}.{identifier(view)}": sql for schema, view, sql in rows}


def _create_views(
    connection: duckdb.DuckDBPyConnection, views: Mapping[str, str], built_in: str
) -> None:
    """Create the views over the copied tables, those they read first; raise where one cannot be.

    A view of a build names the file it was built in; here it reads the snapshot's own tables.
    """
    prefix = re.compile(rf'"?\b{re.escape(built_in)}\b"?\.(?="?(?:{"|".join(SCHEMAS)})"?\.)')
    waiting = {name: prefix.sub("", sql) for name, sql in views.items()}
    while waiting:
        made = []
        for name, sql in waiting.items():
            try:
                connection.execute(sql)
            except (duckdb.CatalogException, duckdb.BinderException):
                continue
            made.append(name)
        if not made:
            names = ", ".join(waiting)
            raise WarehouseError(f"{names}: a published view reads what is not published")
        waiting = {name: sql for name, sql in waiting.items() if name not in made}


def table_facts(
    snapshot: DatabaseFile,
    tick: Tick = no_tick,
    known: Mapping[str, dict[str, object]] | None = None,
) -> Mapping[str, dict[str, object]]:
    """Return row count and content hash of every table of a snapshot, by `schema.table`.

    `known` are those of tables that are copies of ones whose rows were hashed before; a copy with
    another number of rows raises WarehouseError. A view has no facts of its own: its rows follow
    from these tables and the project's hash.
    """
    connection = snapshot.open(read_only=True)
    try:
        facts: dict[str, dict[str, object]] = {}
        names = _relations(connection, None, (*SCHEMAS, "quality"))
        for done, (schema, table) in enumerate(names):
            tick(done, len(names))
            relation, before = (
                f"{schema}.{identifier(table)}",
                (known or {}).get(f"{schema}.{table}"),
            )
            rows = count_rows(connection, relation)
            if before is not None and before["rows"] != rows:
                raise WarehouseError(f"{schema}.{table}: {rows} rows, {before['rows']} were built")
            facts[f"{schema}.{table}"] = before or {
                "rows": rows,
                "content_sha256": content_hash(
                    connection, relation, _columns(connection, relation)
                ),
            }
        return facts
    finally:
        connection.close()


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> list[str]:
    return [row[0] for row in connection.execute(f"describe {relation}").fetchall()]


def _relations(
    connection: duckdb.DuckDBPyConnection, database: str | None, schemas: Sequence[str]
) -> list[tuple[str, str]]:
    return [(s, table) for s in schemas for table in _tables(connection, database, s)]


def _tables(connection: duckdb.DuckDBPyConnection, database: str | None, schema: str) -> list[str]:
    rows = connection.execute(
        "select table_name from duckdb_tables() where schema_name = ? "
        "and database_name = coalesce(?, current_database()) order by table_name",
        [schema, database],
    ).fetchall()
    return [r[0] for r in rows]
