"""One build: from the last build file where that gives the same tables, else whole.

The last build file is moved, never copied: what ends half way leaves none, and the next build is
whole. Anything an increment cannot vouch for, a failed test included, is built whole as well, so
that one path says what is wrong. Not here: the models, and who is touched.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from expectations.contract import Contract
from warehouse.build import Build, NodeResult, Project
from warehouse.database_file import DatabaseFile
from warehouse.home import Home
from warehouse.increment import delta, touched
from warehouse.increment.graph import Graph, Steps
from warehouse.increment.touched import NotByPeopleError
from warehouse.publish.version import project_hash
from warehouse.settings import Tick, no_tick

LAST, WORK, DELTA = "last", "increment", "people"
AT_MOST = 0.5
GOOD = frozenset({"success", "pass", "warn"})


def build(
    project: Project,
    plan: Build,
    home: Home,
    contracts: Mapping[str, Contract],
    tick: Tick = no_tick,
) -> tuple[NodeResult, ...]:
    """Build every model for a plan and return how each node ended; a clean build can be a last one.

    A node that an increment left as it was ends as it did before, in no time.
    """
    last = home.build / LAST
    work = plan.build_file.path.parent / WORK
    if last.exists():
        work.parent.mkdir(parents=True, exist_ok=True)
        last.rename(work)
        try:
            return _increment(project, plan, work, contracts, tick)
        except (NotByPeopleError, duckdb.Error):
            pass  # the last file is gone, and the whole build below says what is wrong
        finally:
            shutil.rmtree(work, ignore_errors=True)
    results = project.run(plan, (), tick=tick)
    if all(r.status in GOOD for r in results):
        _keep(plan, contracts)
    return results


def put_aside(home: Home, build_file: DatabaseFile) -> None:
    """Make a published build the last one; a build of some reports only is dropped."""
    with build_file.open(read_only=True) as connection:
        is_kept = connection.execute(
            "select count(*) from duckdb_tables() where schema_name = 'kept'"
        ).fetchone()
    last, folder = home.build / LAST, build_file.path.parent
    if is_kept and is_kept[0]:
        shutil.rmtree(last, ignore_errors=True)
        folder.rename(last)
    shutil.rmtree(folder, ignore_errors=True)


def _keep(plan: Build, contracts: Mapping[str, Contract]) -> None:
    with _opened(plan) as connection:
        connection.execute("begin transaction")
        touched.begin(connection, "kept")
        touched.write(connection, contracts, "kept")
        connection.execute("insert into kept.made_from values (?)", [_facts(plan)])
        connection.execute("commit")


def _facts(plan: Build) -> str:
    return json.dumps([project_hash(), plan.as_of.isoformat()])


def _opened(plan: Build) -> duckdb.DuckDBPyConnection:
    connection = plan.build_file.open()
    plan.landing_file.attach(connection, "operational")
    return connection


def _increment(
    project: Project, plan: Build, work: Path, contracts: Mapping[str, Contract], tick: Tick
) -> tuple[NodeResult, ...]:
    """Build on the last file in `work`, and put it in the place of the plan's build file."""
    here = plan.build_file
    moved = replace(plan, build_file=replace(here, path=work / here.path.name))
    manifest = project.parse(plan)
    steps = _compare(moved, Graph(manifest), contracts)
    _take_findings(plan, moved)
    done = _rows_of_people(project, moved, steps, contracts, tick)
    whole = [r.name for r in steps.whole if r not in steps.for_gates] + list(steps.whole_tests)
    done += _clean(project.run(moved, whole, tick=tick, indirect="empty"))
    with moved.build_file.open() as connection:
        touched.adopt(connection)
    moved.build_file.path.replace(here.path)
    return _all_results(manifest, done)


def _compare(moved: Build, graph: Graph, contracts: Mapping[str, Contract]) -> Steps:
    """Find what changed and whose rows it is; return what follows from it."""
    with _opened(moved) as connection:
        kept = connection.execute("select facts from kept.made_from").fetchall()
        if kept != [(_facts(moved),)]:
            raise NotByPeopleError("another project or business date")
        touched.begin(connection, "next")
        changed = touched.changed_tables(connection) | {touched.REJECTED}
        touched.write(connection, contracts, "next", changed)
        if not touched.differs(connection, touched.REJECTED):
            changed -= {touched.REJECTED}
        read = {table for table in changed if graph.people_read(table)}
        if read - touched.personal(contracts).keys():
            raise NotByPeopleError("rows changed that are nobody's")
        touched.find_people(connection, read, AT_MOST)
    return graph.steps(changed)


def _rows_of_people(
    project: Project, moved: Build, steps: Steps, contracts: Mapping[str, Contract], tick: Tick
) -> list[NodeResult]:
    """Make the rows of touched people, and of all people of a company whose own facts changed.

    The facts do not follow from what reads them: once made again, they are as in a whole build.
    """
    done: list[NodeResult] = []
    for _ in range(2):
        if steps.people:
            done += _people(project, moved, steps, contracts, tick)
        if not steps.gates:
            return done
        with _opened(moved) as connection:
            delta.note(connection, steps.gates)
        names = [r.name for r in steps.for_gates]
        done += _clean(project.run(moved, names, tick=tick, indirect="empty"))
        with _opened(moved) as connection:
            companies = delta.companies_changed(connection, steps.gates)
            if not companies:
                return done
            touched.add_companies(connection, companies, contracts, AT_MOST)
    raise NotByPeopleError("facts about everybody follow from each other")


def _people(
    project: Project, moved: Build, steps: Steps, contracts: Mapping[str, Contract], tick: Tick
) -> list[NodeResult]:
    """Make the touched people's rows in a small build, and put them in the place of the old."""
    base, landed = moved.build_file, moved.landing_file
    folder = base.path.parent / DELTA
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    landing = replace(base, path=folder / landed.path.name)
    small = replace(
        moved, build_file=replace(base, path=folder / base.path.name), landing_file=landing
    )
    delta.make_landing(landing, base, landed, steps.sources, contracts)
    delta.make_build(small.build_file, base, landing, steps)
    names = [r.name for r in steps.people] + list(steps.people_tests)
    results = _clean(project.run(small, names, tick=tick, indirect="empty"))
    delta.merge(base, small.build_file, steps.people)
    return results


def _take_findings(plan: Build, moved: Build) -> None:
    """Let the last file remember the findings of the version this build follows (D11)."""
    if not plan.parent_findings:
        return
    schema, _, table = plan.parent_findings.rpartition(".")
    with moved.build_file.open() as connection:
        plan.build_file.attach(connection, "planned")
        connection.execute(f"drop schema if exists {schema} cascade")
        connection.execute(f"create schema {schema}")
        connection.execute(
            f"create table {schema}.{table} as "
            f"select * from planned.{schema.rpartition('.')[2]}.{table}"
        )


def _clean(results: Sequence[NodeResult]) -> list[NodeResult]:
    if any(r.status not in GOOD for r in results):
        raise NotByPeopleError("a node did not end well")
    return list(results)


def _all_results(manifest: Any, done: Sequence[NodeResult]) -> tuple[NodeResult, ...]:
    """Return how every node ended: as it was run now, or as the last build left it."""
    known = {r.unique_id: r for r in done}
    kept = (
        NodeResult(
            key, kind, node.schema, node.name, "pass" if kind == "test" else "success", 0, 0.0,
            tuple(getattr(node, "depends_on_nodes", ())), str(node.config.severity or "").lower()
            if kind == "test" else "", "",
        )
        for key, node in manifest.nodes.items()
        if (kind := str(node.resource_type)) in ("model", "seed", "test") and key not in known
    )  # fmt: skip
    return (*known.values(), *kept)
