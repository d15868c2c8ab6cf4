"""A small build of the touched people's rows in memory, put in the place of their old ones.

The models are the project's own and see nothing of it: they read a landing and a build that hold
only these people, filled as a model asks for them. Not here: who they are, what is run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import TracebackType

import duckdb

from expectations.contract import Contract
from expectations.frames import identifier
from warehouse.build import NodeResult
from warehouse.increment.graph import Graph, Relation
from warehouse.increment.statements import BUILD, LANDED, Statements
from warehouse.increment.touched import REJECTED, NotByPeopleError, personal
from warehouse.landing.tables import content_hash

SMALL, SMALL_LANDED = "small", "small_landed"


class Small:
    """The small build, attached to the connection of the last file while it is used.

    `next.touched` and `next.key` say whose rows it holds; rows that are nobody's are in it too.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        graph: Graph,
        sql: Statements,
        contracts: Mapping[str, Contract],
    ) -> None:
        self._connection, self._graph, self._old = connection, graph, sql
        self._new = sql.over(SMALL, SMALL_LANDED)
        self._owners = personal(contracts)
        self._there: set[str] = set()

    def __enter__(self) -> Small:
        for name in (SMALL, SMALL_LANDED):
            self._connection.execute(f"attach ':memory:' as {name}")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for name in (SMALL, SMALL_LANDED):
            self._connection.execute(f"detach {name}")

    def make(self, relation: Relation) -> NodeResult:
        """Make a model's rows for the touched people."""
        self._need(relation.key)
        self._copy(relation, "false")
        self._there.add(relation.key)
        return self._new.make(self._connection, relation)

    def judge(self, test: str) -> NodeResult:
        """Run a test on the rows that were made."""
        return self._new.judge(self._connection, test)

    def differs(self, relation: Relation) -> bool:
        """Return whether a model's rows, as made, are others than stand in the last file."""
        name = self._old.name(relation)
        columns = [r[0] for r in self._connection.execute(f"describe {name}").fetchall()]
        old = f"(select * from {name} where {_mine_or_nobodys(relation.owner)})"
        made = content_hash(self._connection, self._new.name(relation), columns)
        return made != content_hash(self._connection, old, columns)

    def merge(self, relation: Relation) -> None:
        """Put the rows made in the place of the touched people's.

        Raises NotByPeopleError where a model made a row of somebody else, or other rows of nobody
        than stand there: its rows do not follow from those of their own person.
        """
        name, new, owner = self._old.name(relation), self._new.name(relation), relation.owner
        owner = identifier(owner)
        mine = f"coalesce({owner}, '') in (select key from next.key)"
        others = f"select * from {new} where not {mine}"
        nobody = f"select * from {name} where coalesce({owner}, '') = ''"
        stray = self._connection.execute(
            f"select 1 from (({others} except all {nobody}) union all "
            f"({nobody} except all {others})) limit 1"
        ).fetchone()
        if stray is not None:
            raise NotByPeopleError(f"{relation.name} has rows that are not one person's")
        self._connection.execute(f"delete from {name} where {mine}")
        self._connection.execute(f"insert into {name} by name select * from {new} where {mine}")

    def _need(self, key: str) -> None:
        """Let everything stand that a node reads."""
        for parent in self._graph.parents(key):
            if parent in self._there:
                continue
            self._there.add(parent)
            if parent in self._graph.sources:
                self._copy_landed(self._graph.sources[parent])
                continue
            relation = self._graph.relation(parent)
            if relation.is_table:
                self._copy(relation, _mine_or_nobodys(relation.owner))
                continue
            self._need(parent)
            if not self._graph.is_inlined(parent):
                self._schema(SMALL, relation.schema)
                text = self._new.text(parent)
                self._connection.execute(f"create view {self._new.name(relation)} as {text}")

    def _copy(self, relation: Relation, rows: str) -> None:
        self._schema(SMALL, relation.schema)
        self._connection.execute(
            f"create table {self._new.name(relation)} as "
            f"select * from {self._old.name(relation)} where {rows}"
        )

    def _copy_landed(self, table: str) -> None:
        rows = "true"
        if table in self._owners and table != REJECTED:
            owner = identifier(self._owners[table][0])
            rows = f"{owner} is null or {owner} in (select employee_id from next.touched)"
        self._schema(SMALL_LANDED, "landing")
        name = f"landing.{identifier(table)}"
        self._connection.execute(
            f"create table {SMALL_LANDED}.{name} as select * from {LANDED}.{name} where {rows}"
        )

    def _schema(self, database: str, name: str) -> None:
        self._connection.execute(f"create schema if not exists {database}.{name}")


def _mine_or_nobodys(owner: str) -> str:
    """Return the condition for the rows of touched people and of nobody; all where none is."""
    if not owner:
        return "true"
    name = identifier(owner)
    return f"coalesce({name}, '') = '' or {name} in (select key from next.key)"


def note(connection: duckdb.DuckDBPyConnection, gates: Iterable[Relation]) -> None:
    """Remember the rows of the tables about everybody, before they are made again."""
    for gate in gates:
        connection.execute(
            f"create or replace table next.{identifier('was_' + gate.name)} as from {_name(gate)}"
        )


def companies_changed(
    connection: duckdb.DuckDBPyConnection, gates: Iterable[Relation]
) -> frozenset[str]:
    """Return the companies of which a table about everybody says something else than it did.

    Raises NotByPeopleError where such a table changed that is not about companies.
    """
    found: set[str] = set()
    for gate in gates:
        now, was = f"from {_name(gate)}", f"from next.{identifier('was_' + gate.name)}"
        differing = f"from (({now} except all {was}) union all ({was} except all {now}))"
        if connection.execute(f"select 1 {differing} limit 1").fetchone() is None:
            continue
        columns = [r[0] for r in connection.execute(f"describe {_name(gate)}").fetchall()]
        if "company_id" not in columns:
            raise NotByPeopleError(f"{gate.name} changed for everybody")
        rows = connection.execute(f"select distinct company_id {differing}").fetchall()
        found |= {str(company) for (company,) in rows}
    return frozenset(found)


def _name(relation: Relation) -> str:
    return f"{BUILD}.{relation.schema}.{identifier(relation.name)}"
