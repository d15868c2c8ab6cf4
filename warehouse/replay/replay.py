"""Runs models of a build again, in memory, below inputs that somebody changed.

The build and what it was made from are attached read only and never written. A database in memory
takes the build's name: there the models below a change are made by the build's own SQL as it
stands, and all they read beside is the build's. Not here: what is changed, and what it means.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb

from expectations.frames import identifier, literal
from warehouse.build import scrubbed
from warehouse.database_file import DatabaseFile, load_cipher
from warehouse.errors import WarehouseError
from warehouse.increment.statements import BUILD, LANDED, PARENT
from warehouse.replay.compiled import RELATION, Compiled, kept, read_by
from warehouse.replay.order import Standing
from warehouse.settings import memory_limit

STANDING, THIS = "standing", "{this}"


@contextmanager
def opened(build: DatabaseFile, landing: DatabaseFile) -> Iterator[Replay]:
    """Give a replay of a finished build; `landing` holds the rows that build was made from."""
    connection = duckdb.connect()
    try:
        connection.execute(f"set memory_limit = {literal(memory_limit())}")
        connection.execute(f"set temp_directory = {literal(f'{build.path}.tmp')}")
        connection.execute("set preserve_insertion_order = false")
        if build.key is not None:
            load_cipher(connection)
            connection.execute("set temp_file_encryption = true")
        build.attach(connection, STANDING)
        landing.attach(connection, LANDED)
        yield Replay(connection)
    finally:
        connection.close()


class Replay:
    """Models of one build, made again as often as asked; each run forgets the one before it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.models = kept(connection, STANDING)

    def run(
        self,
        changes: Mapping[str, str],
        targets: Collection[str],
        *,
        given: Mapping[str, Any] | None = None,
        whole: bool = False,
    ) -> tuple[str, ...]:
        """Make the targets as they are below the changes; return the models that were made for it.

        Args:
            changes: other contents of relations, by name, as SQL. `{this}` is what the relation
                would be, `"warehouse"."schema"."name"` another as the replay makes it,
                `standing.schema.name` one as the build has it.
            targets: models that are read afterwards, at `made(target)`.
            given: frames that the changes read by name.
            whole: make every model above the targets, whether or not a change stands above it.

        Raises:
            WarehouseError: one of them cannot be made.
        """
        for name, frame in (given or {}).items():
            self.connection.register(name, frame)
        order = self._ordered(targets, changes)
        made = {name for name in order if name in changes or (whole and self.models[name].sql)}
        for name in order:
            if not made.isdisjoint(self._parents(name, changes)):
                made.add(name)
        needed = self._needed(order, made, targets, changes)
        tables = {n for n in made if self.models[n].is_table or n in changes}
        parents = {name: self._parents(name, changes) for name in order}
        standing = Standing(order, parents, tables, targets)
        order = standing.sparing({name: self.models[name].size for name in tables})
        leaves = standing.last_readers(order)
        self._begin()
        for name in order:
            if name in made:
                self._make(self.models[name], changes.get(name, ""), made)
            elif name in needed:
                self._stand(self.models[name])
            for read in leaves.get(name, ()):
                self.connection.execute(f"drop table {self.made(read)}")
        return tuple(name for name in order if name in made)

    def above(self, targets: Collection[str]) -> list[Compiled]:
        """Return the models that targets follow from, parents first, and the targets themselves."""
        return [self.models[name] for name in self._ordered(targets, {})]

    def made(self, name: str) -> str:
        """Return the relation of a target as the last run made it, or as it stands."""
        return _relation(BUILD, self.models[name])

    def standing(self, name: str) -> str:
        """Return what reads a model as the build has it: a view reads the build's own tables."""
        model = self.models[name]
        if model.is_table:
            return _relation(STANDING, model)
        return f"({RELATION.sub(lambda found: self.standing(found[2]), model.sql)})"

    def _begin(self) -> None:
        """Forget what an earlier run made."""
        self.connection.execute(f"detach database if exists {BUILD}")
        self.connection.execute(f"attach ':memory:' as {BUILD}")
        for schema in sorted({model.schema for model in self.models.values()}):
            self.connection.execute(f"create schema if not exists {BUILD}.{schema}")
        self.connection.execute(f"create schema {PARENT}")
        schema = PARENT.rpartition(".")[2]
        for (table,) in self.connection.execute(
            f"select table_name from duckdb_tables() where database_name = {literal(STANDING)} "
            f"and schema_name = {literal(schema)}"
        ).fetchall():
            stands = f"{STANDING}.{schema}.{table}"
            self.connection.execute(f"create view {PARENT}.{table} as from {stands}")

    def _make(self, model: Compiled, change: str, made: Collection[str]) -> None:
        kind = "table" if model.is_table or change else "view"
        sql = model.sql
        if change:
            is_anew = not model.is_table or not read_by(model.sql).isdisjoint(made)
            sql = change.replace(THIS, f"({sql})" if is_anew and sql else self.standing(model.name))
        self._execute(model, f"create {kind} {self.made(model.name)} as {sql}")

    def _stand(self, model: Compiled) -> None:
        sql = f"from {self.standing(model.name)}" if model.is_table else model.sql
        self._execute(model, f"create view {self.made(model.name)} as {sql}")

    def _execute(self, model: Compiled, sql: str) -> None:
        try:
            self.connection.execute(sql)
        except duckdb.Error as error:
            words = scrubbed(str(error))
            raise WarehouseError(f"{model.name} cannot be replayed: {words}") from None

    def _needed(
        self,
        order: Sequence[str],
        made: Collection[str],
        targets: Collection[str],
        changes: Mapping[str, str],
    ) -> set[str]:
        """Return what is read as it stands: by what is made, through views, and as a target."""
        needed = set(targets)
        for name in reversed(order):
            if name in made or (name in needed and not self.models[name].is_table):
                needed.update(self._parents(name, changes))
        return needed

    def _parents(self, name: str, changes: Mapping[str, str]) -> list[str]:
        found = read_by(self.models[name].sql + changes.get(name, ""))
        return sorted(read for read in found if read in self.models and read != name)

    def _ordered(self, targets: Collection[str], changes: Mapping[str, str]) -> list[str]:
        """Return the targets and everything above them, parents first."""
        begun: set[str] = set()
        done: list[str] = []

        def visit(name: str) -> None:
            begun.add(name)
            for parent in self._parents(name, changes):
                if parent in begun and parent not in done:
                    raise WarehouseError(f"{name}: a change of it reads what follows from it")
                if parent not in begun:
                    visit(parent)
            done.append(name)

        for target in sorted(targets):
            if target not in begun:
                visit(target)
        return done


def _relation(database: str, model: Compiled) -> str:
    return f"{database}.{identifier(model.schema)}.{identifier(model.name)}"
