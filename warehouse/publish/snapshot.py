"""The snapshot file: marts, report rows and the quality certificate of one finished build.

Only what people may be shown is copied; staging and landing stay behind. Not here: the pointer.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from expectations.frames import identifier, literal
from warehouse.landing.tables import content_hash

SCHEMAS = ("marts", "reports")


def write_snapshot(build_file: Path, landing_file: Path, target: Path) -> None:
    """Copy the published schemas of a build into a fresh file, and write the certificate."""
    target.unlink(missing_ok=True)
    connection = duckdb.connect(str(target))
    try:
        connection.execute(f"attach {literal(str(build_file))} as build (read_only)")
        connection.execute(f"attach {literal(str(landing_file))} as operational (read_only)")
        for schema in SCHEMAS:
            connection.execute(f"create schema {schema}")
            for table in _tables(connection, "build", schema):
                name = f"{schema}.{identifier(table)}"
                connection.execute(f"create table {name} as select * from build.{name}")
        connection.execute("detach build")
        connection.execute("detach operational")
        connection.execute("checkpoint")
    finally:
        connection.close()


def table_facts(snapshot: Path) -> Mapping[str, dict[str, object]]:
    """Return row count and content hash of every table of a snapshot, by `schema.table`."""
    connection = duckdb.connect(str(snapshot), read_only=True)
    try:
        facts: dict[str, dict[str, object]] = {}
        for schema in (*SCHEMAS, "quality"):
            for table in _tables(connection, None, schema):
                relation = f"{schema}.{identifier(table)}"
                columns = [r[0] for r in connection.execute(f"describe {relation}").fetchall()]
                rows = connection.execute(f"select count(*) from {relation}").fetchone()
                facts[f"{schema}.{table}"] = {
                    "rows": rows[0] if rows else 0,
                    "content_sha256": content_hash(connection, relation, columns),
                }
        return facts
    finally:
        connection.close()


def _tables(connection: duckdb.DuckDBPyConnection, database: str | None, schema: str) -> list[str]:
    rows = connection.execute(
        "select table_name from duckdb_tables() where schema_name = ? "
        "and database_name = coalesce(?, current_database()) order by table_name",
        [schema, database],
    ).fetchall()
    return [r[0] for r in rows]
