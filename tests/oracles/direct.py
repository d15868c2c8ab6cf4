"""Compiled models as views over an in-memory landing, so that one example costs milliseconds.

Belongs here: running what dbt compiled without dbt. Does not: facts, rules, assertions.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from expectations.contract import load_contracts
from expectations.frames import identifier, landed_columns, landing_type
from tests.oracles.build import Row, Rows


class CompiledModels:
    """Views of the named models, in the given order, over an empty landing in memory."""

    def __init__(self, warehouse: Path, models: Iterable[str]) -> None:
        self.connection = duckdb.connect()
        for name in ("operational", "warehouse"):
            self.connection.execute(f"attach ':memory:' as {name}")
        self.connection.execute("create schema operational.landing")
        self._copy_seeds(warehouse)
        compiled = warehouse.parents[1] / "target" / "compiled"
        self.tables: dict[str, dict[str, str]] = {}
        for model in models:
            self._add_view(next(compiled.rglob(f"{model}.sql")))

    def load(self, rows: Rows) -> None:
        """The landing holds exactly these rows."""
        for table, columns in self.tables.items():
            target = f"operational.landing.{identifier(table)}"
            self.connection.execute(f"delete from {target}")
            values = [tuple(row.get(name) for name in columns) for row in rows.get(table, ())]
            if values:
                marks = ", ".join("?" for _ in columns)
                self.connection.executemany(f"insert into {target} values ({marks})", values)

    def rows(self, relation: str) -> list[Row]:
        """Every row of a model."""
        cursor = self.connection.execute(f"select * from warehouse.{relation}")
        names = [item[0] for item in cursor.description or ()]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

    def _copy_seeds(self, warehouse: Path) -> None:
        self.connection.execute(f"attach '{warehouse}' as built (read_only)")
        self.connection.execute("create schema warehouse.seeds")
        seeds = self.connection.execute(
            "select table_name from duckdb_tables() "
            "where database_name = 'built' and schema_name = 'seeds'"
        ).fetchall()
        for (seed,) in seeds:
            self.connection.execute(
                f"create table warehouse.seeds.{seed} as from built.seeds.{seed}"
            )
        self.connection.execute("detach built")

    def _add_view(self, path: Path) -> None:
        sql = path.read_text(encoding="utf-8")
        for table, contract in load_contracts().items():
            if f'"landing"."{table}"' in sql and table not in self.tables:
                columns = {c.name: landing_type(c) for c in landed_columns(contract)}
                declared = ", ".join(f"{identifier(n)} {kind}" for n, kind in columns.items())
                self.connection.execute(
                    f"create table operational.landing.{identifier(table)} ({declared})"
                )
                self.tables[table] = columns
        schema = "staging" if path.stem.startswith("stg_") else "intermediate"
        self.connection.execute(f"create schema if not exists warehouse.{schema}")
        self.connection.execute(f"create view warehouse.{schema}.{path.stem} as {sql}")
