"""A small build of the touched people's rows, which then take the place of their old ones.

The models are the project's own and see nothing of it: they read a landing database that holds only
these people, in a build file that holds only what they read. Not here: who they are, what is run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from expectations.contract import Contract
from expectations.frames import identifier
from warehouse.database_file import DatabaseFile
from warehouse.increment.graph import Relation, Steps
from warehouse.increment.touched import REJECTED, NotByPeopleError, personal

AMONG = "(select employee_id from base.next.touched)"


def make_landing(
    file: DatabaseFile,
    base: DatabaseFile,
    landing: DatabaseFile,
    tables: Iterable[str],
    contracts: Mapping[str, Contract],
) -> None:
    """Write a landing database with these tables: people's rows of the touched and of nobody."""
    owners = personal(contracts)
    with file.open() as connection:
        base.attach(connection, "base")
        landing.attach(connection, "landed")
        connection.execute("create schema landing")
        for table in sorted(tables):
            name = f"landing.{identifier(table)}"
            rows = "true"
            if table in owners and table != REJECTED:
                owner = identifier(owners[table][0])
                rows = f"{owner} is null or {owner} in {AMONG}"
            connection.execute(f"create table {name} as select * from landed.{name} where {rows}")


def make_build(file: DatabaseFile, base: DatabaseFile, landing: DatabaseFile, steps: Steps) -> None:
    """Write a build file with what the models of people read and an increment does not make."""
    with file.open() as connection:
        base.attach(connection, "base")
        landing.attach(connection, "operational")
        views = dict(
            connection.execute(
                "select schema_name || '.' || view_name, sql from duckdb_views() "
                "where database_name = 'base'"
            ).fetchall()
        )
        for relation in steps.read:
            name = _name(relation)
            connection.execute(f"create schema if not exists {relation.schema}")
            if not relation.is_table:
                connection.execute(views[f"{relation.schema}.{relation.name}"])
                continue
            rows = "true"
            if relation.owner:
                owner = identifier(relation.owner)
                rows = f"{owner} is null or {owner} in (select key from base.next.key)"
            connection.execute(f"create table {name} as select * from base.{name} where {rows}")


def merge(build: DatabaseFile, small: DatabaseFile, people: Iterable[Relation]) -> None:
    """Put the small build's rows in the place of the touched people's.

    Raises NotByPeopleError where a model made a row of somebody else, or other rows of nobody than
    stand there: its rows do not follow from those of their own person.
    """
    with build.open() as connection:
        small.attach(connection, "delta")
        for relation in people:
            name, owner = _name(relation), identifier(relation.owner)
            mine = f"coalesce({owner}, '') in (select key from next.key)"
            others = f"select * from delta.{name} where not {mine}"
            nobody = f"select * from {name} where coalesce({owner}, '') = ''"
            stray = connection.execute(
                f"select 1 from (({others} except all {nobody}) union all "
                f"({nobody} except all {others})) limit 1"
            ).fetchone()
            if stray is not None:
                raise NotByPeopleError(f"{relation.name} has rows that are not one person's")
            connection.execute(f"delete from {name} where {mine}")
            connection.execute(
                f"insert into {name} by name select * from delta.{name} where {mine}"
            )


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
    return f"{relation.schema}.{identifier(relation.name)}"
