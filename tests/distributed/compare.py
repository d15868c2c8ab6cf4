"""Compare what two engines built from the same rows: every row of every table, order-free.

Belongs here: the DuckDB build file against a folder of parquet files, row by row as canonical
text. Does not: building either side. A difference names the table, the columns and the keys
that are the reader's to look up; it never carries a value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.database_file import DatabaseFile

SCHEMAS = ("seeds", "intermediate", "marts", "reports")


@dataclass(frozen=True)
class Difference:
    """One table on which the engines disagree."""

    table: str
    what: str


@dataclass(frozen=True)
class Comparison:
    """What was compared and where it differs."""

    tables: int
    rows: int
    differences: tuple[Difference, ...]


def compare(
    build_file: DatabaseFile, built: Path, schemas: tuple[str, ...] = SCHEMAS
) -> Comparison:
    """The comparison of a DuckDB build file with `<built>/<schema>/<table>.parquet`."""
    with duckdb.connect() as connection:
        build_file.attach(connection, "ours")
        tables = connection.execute(
            "select table_schema, table_name from information_schema.tables"
            " where table_catalog = 'ours' and list_contains(?, table_schema) order by 1, 2",
            [list(schemas)],
        ).fetchall()
        rows = 0
        differences: list[Difference] = []
        for schema, name in tables:
            theirs = built / schema / f"{name}.parquet"
            if not theirs.exists():
                differences.append(Difference(f"{schema}.{name}", "not built on the other engine"))
                continue
            count, found = _table(connection, schema, name, theirs)
            rows += count
            differences += [Difference(f"{schema}.{name}", what) for what in found]
    return Comparison(len(tables), rows, tuple(differences))


def _table(
    connection: duckdb.DuckDBPyConnection, schema: str, name: str, theirs: Path
) -> tuple[int, list[str]]:
    connection.execute(f'create or replace temp view a as select * from ours.{schema}."{name}"')
    connection.execute(f"create or replace temp view b as select * from '{theirs}'")
    ours, other = _columns(connection, "a"), _columns(connection, "b")
    count = _number(connection, "select count(*) from a")
    if list(ours) != list(other):
        return count, [f"columns {sorted(set(ours) ^ set(other))} stand on one side only"]
    found = [
        f"{column}: {ours[column]} against {other[column]}"
        for column in ours
        if _family(ours[column], schema) != _family(other[column], schema)
    ]
    sides = {
        side: ", ".join(_canonical(column, types[column]) for column in types)
        for side, types in (("a", ours), ("b", other))
    }
    for one, two, label in (("a", "b", "here only"), ("b", "a", "on the other engine only")):
        extra = _number(
            connection,
            f"select count(*) from (select {sides[one]} from {one}"
            f" except all select {sides[two]} from {two})",
        )
        if extra:
            found.append(f"{extra} of {count} rows {label}")
    if any("rows" in text for text in found):
        found += _columns_that_differ(connection, ours, other)
    return count, found


def _columns_that_differ(
    connection: duckdb.DuckDBPyConnection, ours: dict[str, str], other: dict[str, str]
) -> Iterator[str]:
    for column in ours:
        extra = _number(
            connection,
            f"select count(*) from (select {_canonical(column, ours[column])} from a"
            f" except all select {_canonical(column, other[column])} from b)",
        )
        if extra:
            yield f"column {column}: {extra} values differ"


def _columns(connection: duckdb.DuckDBPyConnection, view: str) -> dict[str, str]:
    rows = connection.execute(f"describe {view}").fetchall()
    return {str(row[0]).lower(): str(row[1]) for row in rows}


def _canonical(column: str, kind: str) -> str:
    quoted = '"' + column + '"'
    if kind.startswith("DECIMAL"):
        return f"cast(cast({quoted} as decimal(38,10)) as varchar) as {quoted}"
    if kind in ("DOUBLE", "FLOAT"):
        return f"cast(round({quoted}, 9) as varchar) as {quoted}"
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"cast({quoted} at time zone 'UTC' as varchar) as {quoted}"
    return f"cast({quoted} as varchar) as {quoted}"


def _family(kind: str, schema: str) -> str:
    """The type as far as engines must agree; what is published must agree in precision too."""
    if kind.startswith("DECIMAL") and schema not in ("marts", "reports"):
        return "DECIMAL with scale " + kind.partition(",")[2]
    if kind.startswith("TIMESTAMP"):
        return "TIMESTAMP"
    return "INTEGER" if kind in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT") else kind


def _number(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0
