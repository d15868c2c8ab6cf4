"""The models of a finished build: each with the SQL it was made by, every macro written out.

Belongs here: reading them from a build file (an increment keeps them there). Does not belong here:
running them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb

from expectations.frames import literal
from warehouse.increment.statements import BUILD, TABLE

RELATION = re.compile(rf'"{BUILD}"\."([^"]+)"\."([^"]+)"')


@dataclass(frozen=True)
class Compiled:
    """One model or seed of a build; a seed has no SQL. `size` is its rows times its columns."""

    schema: str
    name: str
    is_table: bool
    sql: str
    size: int = 0


def read_by(sql: str) -> frozenset[str]:
    """Return the names of the relations of a build that an SQL text reads."""
    return frozenset(name for _, name in RELATION.findall(sql))


def kept(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, Compiled]:
    """Return the models and seeds of an attached build file by name."""
    here = f"database_name = {literal(database)}"
    rows = connection.execute(
        "select stands.schema_name, stands.name, stands.is_table, kept.sql, stands.size from ("
        "select schema_name, table_name as name, true as is_table, "
        "estimated_size * column_count as size from duckdb_tables() "
        f"where {here} union all "
        f"select schema_name, view_name, false, 0 from duckdb_views() where {here}"
        f") as stands inner join {database}.{TABLE} as kept "
        "on split_part(kept.node, '.', 3) = stands.name "
        "where split_part(kept.node, '.', 1) in ('model', 'seed') order by stands.name"
    ).fetchall()
    return {row[1]: Compiled(*row) for row in rows}
