"""One build: from the last build file where that gives the same tables, else whole.

The last build file is moved, never copied: what ends half way leaves none, and the next build is
whole. Anything an increment cannot vouch for, a failed test included, is built whole as well, so
that one path says what is wrong. Not here: the models, and who is touched.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from expectations.contract import Contract
from expectations.frames import literal
from ledger.errors import KeyRefused
from warehouse.build import Build, NodeResult, Project
from warehouse.database_file import DatabaseFile
from warehouse.errors import WarehouseError
from warehouse.home import Home, write_atomically
from warehouse.increment import nodes, statements, touched
from warehouse.increment.graph import Graph
from warehouse.increment.making import GOOD, Making
from warehouse.increment.nodes import Node
from warehouse.increment.statements import PARENT, PARENT_TABLES, Statements, UnknownNamesError
from warehouse.increment.touched import NotByPeopleError
from warehouse.publish import pointer
from warehouse.publish.version import project_hash
from warehouse.settings import Tick, memory_limit, no_tick

LAST, WORK, DBT, VERSION = "last", "increment", "dbt", "version"
SAME = "kept.same"
CANNOT = (NotByPeopleError, UnknownNamesError, duckdb.Error, KeyRefused, WarehouseError)


def build(
    project: Project,
    plan: Build,
    home: Home,
    contracts: Mapping[str, Contract],
    tick: Tick = no_tick,
) -> tuple[NodeResult, ...]:
    """Build every model for a plan and return how each node ended; a clean build can be a last one.

    A node that an increment left as it was ends as it did before, in no time: well, or its build
    would not be the last one.
    """
    last = home.build / LAST
    work = plan.build_file.path.parent / WORK
    if last.exists():
        work.parent.mkdir(parents=True, exist_ok=True)
        last.rename(work)
        try:
            return _increment(plan, home, work, contracts, tick)
        except CANNOT:
            pass  # the last file is gone, and the whole build below says what is wrong
        finally:
            shutil.rmtree(work, ignore_errors=True)
    results = project.run(plan, (), tick=tick)
    if all(r.status in GOOD for r in results):
        made = {r.unique_id: r.sql for r in results}
        _keep(plan, contracts, made, nodes.nodes_of(project.parse(plan)))
    return results


def put_aside(home: Home, version: str) -> None:
    """Make a published build the last one; a build of some reports only is dropped.

    The last one remembers which version it became. The file that was the last, and what killed
    runs left, are gone for good, with their keys.
    """
    build_file = home.build_file(version)
    with build_file.open(read_only=True) as connection:
        is_kept = connection.execute(
            "select count(*) from duckdb_tables() where schema_name = 'kept'"
        ).fetchone()
    last, folder = home.build / LAST, build_file.path.parent
    if is_kept and is_kept[0]:
        shutil.rmtree(last, ignore_errors=True)
        write_atomically(folder / VERSION, version.encode())
        home.keys.rename(_key(version), _key(LAST))
        folder.rename(last)
    for key in set(home.keys.names(_key(""))) - {_key(LAST)}:
        home.keys.destroy(key)
    for left in home.build.iterdir():
        if left.name not in (LAST, DBT):
            shutil.rmtree(left, ignore_errors=True)


def _key(folder: str) -> str:
    return f"build/{folder}"


def _keep(
    plan: Build,
    contracts: Mapping[str, Contract],
    compiled: Mapping[str, str],
    made_of: Mapping[str, Node],
) -> None:
    with _opened(plan) as connection:
        connection.execute("begin transaction")
        touched.begin(connection, "kept")
        touched.write(connection, contracts, "kept")
        connection.execute("insert into kept.made_from values (?)", [_made_from(plan)])
        statements.keep(connection, compiled)
        nodes.keep(connection, made_of)
        connection.execute("commit")


def _made_from(plan: Build) -> str:
    """Return what the SQL of a build follows from: the project, and the business date."""
    return json.dumps([project_hash(), plan.as_of.isoformat()])


def _opened(plan: Build) -> duckdb.DuckDBPyConnection:
    connection = plan.build_file.open()
    connection.execute("set preserve_insertion_order = false")
    connection.execute(f"set memory_limit = {literal(memory_limit())}")
    connection.execute("set checkpoint_threshold = '1TB'")  # once, when it is closed
    plan.landing_file.attach(connection, "operational")
    return connection


def _increment(
    plan: Build,
    home: Home,
    work: Path,
    contracts: Mapping[str, Contract],
    tick: Tick,
) -> tuple[NodeResult, ...]:
    """Build on the last file in `work`, and put it in the place of the plan's build file."""
    here = plan.build_file
    last = DatabaseFile(work / here.path.name, home.keys.find(_key(LAST)))
    moved = replace(plan, build_file=last)
    known, compiled = _kept(moved)
    graph, sql = Graph(known), Statements(known, compiled)
    _take_parent(plan, moved)
    with _opened(moved) as connection:
        making = Making(connection, graph, sql, contracts, tick)
        making.run()
        _note_same(connection, graph, making.changed, _published(home, work))
    last.path.replace(here.path)
    home.keys.rename(_key(LAST), _key(here.path.parent.name))
    return _all_results(known, graph, making.done)


def _published(home: Home, work: Path) -> Mapping[str, Any]:
    """Return what is published of the last build's tables, where they are those that stand."""
    latest = pointer.standing(home)
    is_same = latest is not None and latest[0] == (work / VERSION).read_text()
    return latest[1]["tables"] if latest is not None and is_same else {}


def _note_same(
    connection: duckdb.DuckDBPyConnection,
    graph: Graph,
    changed: Collection[str],
    published: Mapping[str, Any],
) -> None:
    """Write down the published tables that came out as they were, with their rows and hashes."""
    connection.execute(
        f"create or replace table {SAME} (relation varchar, rows bigint, content varchar)"
    )
    for key in graph.nodes.keys() - set(changed):
        relation = graph.relation(key)
        facts = published.get(f"{relation.schema}.{relation.name}")
        if facts:
            connection.execute(
                f"insert into {SAME} values (?, ?, ?)",
                [f"{relation.schema}.{relation.name}", facts["rows"], facts["content_sha256"]],
            )


def same_as_published(build_file: DatabaseFile) -> dict[str, dict[str, object]]:
    """Return rows and content hash of the tables an increment left as they were published.

    Nothing of a whole build: all its tables are new.
    """
    with build_file.open(read_only=True) as connection:
        if not _has_same(connection):
            return {}
        rows = connection.execute(f"select * from {SAME}").fetchall()
    return {name: {"rows": n, "content_sha256": content} for name, n, content in rows}


def _has_same(connection: duckdb.DuckDBPyConnection) -> bool:
    schema, _, name = SAME.partition(".")
    found = connection.execute(
        "select 1 from duckdb_tables() where schema_name = ? and table_name = ?", [schema, name]
    )
    return found.fetchone() is not None


def _kept(moved: Build) -> tuple[dict[str, Node], dict[str, str]]:
    """Return the nodes of the last whole build, and their SQL as it ran them."""
    with _opened(moved) as connection:
        known = connection.execute("select facts from kept.made_from").fetchall()
        if known != [(_made_from(moved),)]:
            raise NotByPeopleError("another project or business date")
        compiled = dict(connection.execute(f"select * from {statements.TABLE}").fetchall())
        return nodes.kept(connection), compiled


def _take_parent(plan: Build, moved: Build) -> None:
    """Let the last file remember the version this build follows (D11)."""
    with moved.build_file.open() as connection:
        plan.build_file.attach(connection, "planned")
        for table in PARENT_TABLES:
            planned = f"planned.{PARENT.rpartition('.')[2]}.{table}"
            connection.execute(f"create or replace table {PARENT}.{table} as from {planned}")


def _all_results(
    made_of: Mapping[str, Node], graph: Graph, done: Sequence[NodeResult]
) -> tuple[NodeResult, ...]:
    """Return how every node ended: as it was run now, or as the last build left it.

    Relations stand parents first, tests after them: who shows them as assets relies on it.
    """
    known = {r.unique_id: r for r in done}
    relations = [key for key in graph.ordered() if not graph.is_inlined(key)]
    keys = (*relations, *graph.tests)
    return tuple(known.get(key) or statements.ended(made_of[key], "") for key in keys)
