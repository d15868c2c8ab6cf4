"""A build from the last one gives the tables of a whole build, whatever changed of few people."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import duckdb
import pytest

from expectations.contract import Contract
from tests.conftest import Published, benefits
from tests.faults.child import in_child
from tests.faults.whole_run import INCREMENT_STEPS, UNHARMED, run_from_the_last
from tests.unit.warehouse.changes import KINDS, change
from tests.unit.warehouse.conftest import no_judge, run_of
from warehouse.build import Build, Project
from warehouse.database_file import DatabaseFile
from warehouse.home import Home
from warehouse.increment import making, rebuild
from warehouse.increment.graph import Graph
from warehouse.increment.nodes import nodes_of
from warehouse.increment.touched import personal
from warehouse.landing.ingest import ingest
from warehouse.landing.tables import content_hash
from warehouse.opening import open_home
from warehouse.publish import pointer, prepare
from warehouse.publish.rollback import roll_back
from warehouse.publish.snapshot import table_facts
from warehouse.settings import Run

SEED, AS_OF = 12, date(2025, 6, 30)
GATES = {
    "int_enrollment__month",
    "int_law__aca_offer_share_month",
    "int_law__aca_override_month",
    "int_law__aca_turn_of_company",
}


@pytest.fixture(scope="module")
def project() -> Project:
    """Return the dbt project, parsed once."""
    return Project()


@pytest.fixture
def home(published: Published, tmp_path: Path) -> Home:
    """Return a copy of the published home, whose last build stands."""
    shutil.copytree(published.home, tmp_path / "home")
    shutil.copytree(published.source, tmp_path / "source")
    assert (tmp_path / "home" / "build" / rebuild.LAST).is_dir()
    return open_home(tmp_path / "home")


def land(home: Home, contracts: dict[str, Contract]) -> Run:
    """Land the changed source, whatever the volume guard says."""
    run = replace(run_of(home.root, home.root.parent / "source", tuple(contracts)), home=home)
    ingest(run, contracts, no_judge)
    return run


def tables(file: DatabaseFile) -> dict[str, str]:
    """Return the content hash of every table of a build file, published or not."""
    with file.open(read_only=True) as connection:
        made = connection.execute(
            "select schema_name, table_name from duckdb_tables() "
            "where schema_name not in ('kept', 'parent')"
        ).fetchall()
        return {
            f"{schema}.{name}": content_hash(
                connection, f"{schema}.{name}", _columns(connection, f"{schema}.{name}")
            )
            for schema, name in made
        }


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> list[str]:
    return [row[0] for row in connection.execute(f"describe {relation}").fetchall()]


def whole(project: Project, build: Build, contracts: dict[str, Contract]) -> dict[str, str]:
    """Return the tables of a whole build of the same plan."""
    here = build.build_file
    apart = replace(here, path=here.path.parent / "whole" / here.path.name)
    apart.path.parent.mkdir()
    shutil.copyfile(here.path, apart.path)
    build = replace(build, build_file=apart)
    results = project.run(build, ())
    assert {r.status for r in results} <= making.GOOD
    return tables(apart)


def both_ways(
    home: Home, contracts: dict[str, Contract], project: Project
) -> tuple[int, dict[str, str], dict[str, str]]:
    """Return how many nodes the next build ran, its tables, and those of a whole build."""
    run = land(home, contracts)
    plan = prepare.begin_build(run.home, run.as_of, contracts)
    assert not plan.is_repeat
    expected = whole(project, plan.build, contracts)
    results = rebuild.build(project, plan.build, run.home, contracts)
    assert {r.status for r in results} <= making.GOOD
    made = tables(run.home.build_file(plan.version))
    prepare.finish_publish(plan, run.home, contracts)
    facts = table_facts(run.home.snapshot(plan.version))
    assert dict(pointer.versions(run.home))[plan.version]["tables"] == facts
    return sum(r.seconds > 0 for r in results), made, expected


def test_every_kind_of_change_gives_the_tables_of_a_whole_build(
    home: Home, contracts: dict[str, Contract], project: Project
) -> None:
    change(home.root.parent / "source", SEED, KINDS)
    key = home.keys.find("build/last")
    ran, made, expected = both_ways(home, contracts, project)
    assert made == expected
    assert ran < len(project.manifest.nodes) * 0.8
    assert rebuild.same_as_published(home.build_file(rebuild.LAST)), "some hashes are the last ones"
    assert home.keys.names("build/") == ("build/last",)
    assert home.keys.find("build/last") == key, "the file is the last build's, and so is its key"


def test_a_run_of_the_command_line_goes_on_from_the_last_build(home: Home) -> None:
    source, key = home.root.parent / "source", home.keys.find("build/last")
    before = pointer.current(home)
    change(source, SEED, KINDS[:1])
    call = ("run", "--source", source, "--as-of", AS_OF.isoformat(), "--home", home.root)
    done = benefits(*call, "--no-deliver")
    assert done.returncode in (0, 1), done.stderr
    after = pointer.current(home)
    assert before is not None
    assert after is not None
    assert after[0] != before[0]
    assert home.keys.find("build/last") == key, "built on the last file, not whole"


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(100, 112))
def test_random_changes_give_the_tables_of_a_whole_build(
    seed: int, home: Home, contracts: dict[str, Contract], project: Project
) -> None:
    rnd = Random(seed)
    for turn in range(2):
        kinds = tuple(rnd.sample(KINDS, rnd.randrange(1, 5)))
        change(home.root.parent / "source", seed * 10 + turn, kinds)
        _, made, expected = both_ways(home, contracts, project)
        assert made == expected


@pytest.mark.prove
def test_after_a_rollback_the_next_build_gives_the_tables_of_a_whole_build(
    home: Home, contracts: dict[str, Contract], project: Project
) -> None:
    source, before = home.root.parent / "source", home.root.parent / "before"
    shutil.copytree(source, before)
    first = pointer.current(home)
    assert first is not None
    change(source, SEED, KINDS[:4])
    both_ways(home, contracts, project)
    run = land(home, contracts)
    roll_back(run, first[0], contracts, lambda _: None)
    shutil.rmtree(source)
    before.rename(source)
    change(source, SEED + 1, KINDS[4:8])
    ran, made, expected = both_ways(home, contracts, project)
    assert made == expected
    assert ran < len(project.manifest.nodes) * 0.8
    same = rebuild.same_as_published(home.build_file(rebuild.LAST))
    assert same == {}, "what stood was another version than the last build's: all is hashed anew"


def declared(project: Project) -> Iterator[tuple[str, str, str]]:
    """Yield every model whose rows are people's: its schema, name and owner column."""
    for node in project.manifest.nodes.values():
        if owner := node.config.meta.get("rows_of"):
            yield node.schema, node.name, owner


def test_models_of_people_read_nothing_of_everybody_but_a_few_facts(
    home: Home, contracts: dict[str, Contract], project: Project
) -> None:
    file = replace(home.landing, path=home.build / "x" / "warehouse.duckdb")
    build = Build(file, home.landing, home.build, AS_OF)
    graph = Graph(nodes_of(project.parse(build)))
    steps = graph.steps(personal(contracts))
    assert {r.name for r in steps.gates} == GATES
    assert {r.name for r in steps.people} == {name for _, name, _ in declared(project)}


@pytest.mark.prove
def test_the_run_after_a_killed_increment_equals_an_undisturbed_one(
    home: Home, published: Published, contracts: dict[str, Contract]
) -> None:
    source = home.root.parent / "source"
    change(source, SEED, KINDS)

    def ended(name: str, killed_after: str = UNHARMED) -> int:
        run = run_of(home.root.parent / name, source, tuple(contracts))
        return in_child(run_from_the_last, run, str(published.key_file), killed_after)

    shutil.copytree(home.root, home.root.parent / "calm")
    assert ended("calm") == 0
    expected = published_tables(open_home(home.root.parent / "calm"))
    for number, step in enumerate(INCREMENT_STEPS):
        hurt = f"hurt-{number}"
        shutil.copytree(home.root, home.root.parent / hurt)
        assert ended(hurt, step) == -signal.SIGKILL, step
        assert ended(hurt) == 0, step
        assert published_tables(open_home(home.root.parent / hurt)) == expected, step
        shutil.rmtree(home.root.parent / hurt)


def published_tables(home: Home) -> object:
    """Return what the current version says of its tables."""
    latest = pointer.current(home)
    assert latest is not None
    return latest[0], latest[1]["tables"]
