"""Models and tests run as the SQL that dbt made of them for the last whole build.

dbt takes 50 to 80 ms of its own for a node, whatever it holds, and an increment runs hundreds over
few rows. Not here: which nodes are run, and what dbt makes of a project.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

import duckdb

from expectations.frames import identifier
from warehouse.build import NodeResult
from warehouse.increment.graph import Relation
from warehouse.increment.nodes import Node

TABLE = "kept.compiled"
BUILD, LANDED = "warehouse", "operational"
# with the database's name: dbt's own one is another where the build file is under a key
PARENT, PARENT_TABLES = f"{BUILD}.parent", ("version", "finding")


class UnknownNamesError(Exception):
    """A statement names a database in a way that cannot be turned to another one."""


def keep(connection: duckdb.DuckDBPyConnection, compiled: Mapping[str, str]) -> None:
    """Store the SQL of nodes with the build they made."""
    connection.execute(f"create table {TABLE} (node varchar, sql varchar)")
    connection.execute(
        f"insert into {TABLE} select unnest(?::varchar[]), unnest(?::varchar[])",
        [list(compiled), list(compiled.values())],
    )


class Statements:
    """The SQL of a build's nodes, run in a database that holds such a build."""

    def __init__(
        self,
        nodes: Mapping[str, Node],
        compiled: Mapping[str, str],
        database: str = BUILD,
        landed: str = LANDED,
    ) -> None:
        self._nodes, self._compiled = nodes, compiled
        self.database, self._landed = database, landed

    def over(self, database: str, landed: str) -> Statements:
        """Return the same statements, run in and over these databases."""
        return Statements(self._nodes, self._compiled, database, landed)

    def text(self, key: str) -> str:
        """Return the SQL of a node; raise UnknownNamesError where it names no relation as dbt does.

        dbt writes every relation with its database, schema and name in quotes.
        """
        text = self._compiled[key]
        if (self.database, self._landed) == (BUILD, LANDED):
            return text
        text = text.replace(f'"{BUILD}".', f'"{self.database}".')
        text = text.replace(f'"{LANDED}".', f'"{self._landed}".')
        if BUILD in text or f"{LANDED}." in text:
            raise UnknownNamesError(f"{key} names its database without quotes")
        return text

    def name(self, relation: Relation) -> str:
        """Return a relation of this build as SQL."""
        return f"{self.database}.{relation.schema}.{identifier(relation.name)}"

    def make(self, connection: duckdb.DuckDBPyConnection, relation: Relation) -> NodeResult:
        """Fill a table that stands anew; it keeps its columns, those of its contract if any."""
        start = time.monotonic()
        connection.execute(f"delete from {self.name(relation)}")
        connection.execute(
            f"insert into {self.name(relation)} by name "
            f"select * from (\n{self.text(relation.key)}\n)"
        )
        return ended(self._nodes[relation.key], "success", 0, time.monotonic() - start)

    def judge(self, connection: duckdb.DuckDBPyConnection, key: str) -> NodeResult:
        """Run a test; return how it ended, by the thresholds of its own."""
        start, test = time.monotonic(), self._nodes[key]
        few = "" if test.limit is None else f"limit {test.limit}"
        found = connection.execute(
            f"select {test.fail_calc}, {test.fail_calc} {test.warn_if}, "
            f"{test.fail_calc} {test.error_if} "
            f"from (select * from (\n{self.text(key)}\n) {few})"
        ).fetchone()
        failures, is_warning, is_error = found or (0, False, False)
        status = "warn" if is_warning else "pass"
        if is_error and test.severity == "error":
            status = "fail"
        return ended(test, status, int(failures or 0), time.monotonic() - start)


def ended(node: Node, status: str, failures: int = 0, seconds: float = 0.0) -> NodeResult:
    """Return how a node ended; "" as the status says: as the last build left it."""
    kind, needs = node.resource_type, tuple(node.depends_on)
    status = status or ("pass" if kind == "test" else "success")
    return NodeResult(
        *(node.unique_id, kind, node.schema, node.name, status),
        *(failures, seconds, needs, node.severity, ""),
    )
