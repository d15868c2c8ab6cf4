"""A run killed at any step leaves no half state: the next run equals an undisturbed one."""

from __future__ import annotations

import signal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ledger.store import open_ledger
from tests.conftest import benefits
from tests.faults.child import in_child
from tests.faults.whole_run import GRAPH_PLACES, STEPS, run_graph, run_once, write_and_die
from tests.unit.warehouse.conftest import run_of, write_source
from warehouse.home import Home
from warehouse.publish import pointer


def tables(home: Home) -> tuple[str, dict[str, Any]]:
    """Return the current version and the content hashes of its tables."""
    latest = pointer.current(home)
    assert latest is not None
    return latest[0], latest[1]["tables"]


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any]]:
    """Return what an undisturbed run publishes."""
    folder = tmp_path_factory.mktemp("calm")
    write_source(folder / "source")
    run = run_of(folder / "home", folder / "source")
    assert in_child(run_once, run) == 0
    return tables(run.home)


PLACES = [
    pytest.param(step, marks=() if place % 2 == 0 else pytest.mark.prove)
    for place, step in enumerate(STEPS)
]


@pytest.mark.parametrize("step", PLACES)
def test_the_run_after_a_kill_equals_an_undisturbed_one(
    step: str, calm: tuple[str, dict[str, Any]], tmp_path: Path
) -> None:
    hurt = run_of(tmp_path / "hurt", write_source(tmp_path / "source"))
    assert in_child(run_once, hurt, step) == -signal.SIGKILL
    seen = hurt.home.published / pointer.POINTER
    if seen.exists():
        assert tables(hurt.home) == calm
    assert in_child(run_once, hurt) == 0
    assert tables(hurt.home) == calm
    stores = [hurt.home.inbox, hurt.home.landing_file.parent, hurt.home.published]
    kept = [p for p in hurt.home.root.rglob("*") if not any(p.is_relative_to(s) for s in stores)]
    assert not [p for p in kept if p.is_file() and b"900-01-" in p.read_bytes()]
    left = [p.name for p in hurt.home.published.iterdir()]
    assert sorted(left) == sorted([calm[0], pointer.POINTER])


@pytest.mark.prove
def test_the_whole_graph_killed_at_every_place_ends_as_if_undisturbed(tmp_path: Path) -> None:
    source = tmp_path / "source"
    benefits("generate", "--employees", "60", "--seed", "3", "--out", source)
    calm, hurt = (run_of(tmp_path / name, source) for name in ("calm", "hurt"))
    assert in_child(run_graph, calm) == 0
    for place in GRAPH_PLACES:
        assert in_child(run_graph, hurt, place) == -signal.SIGKILL, place
        nothing_is_half(hurt.home)
    assert in_child(run_graph, hurt) == 0
    assert tables(hurt.home) == tables(calm.home)
    assert came_of(hurt.home) == came_of(calm.home)


def nothing_is_half(home: Home) -> None:
    """Require that whatever can be seen after a kill is whole and on record."""
    for version, manifest in pointer.versions(home):
        assert pointer.is_whole(home.published / version, manifest)
    ledger = open_ledger(home.root)
    assert ledger.audit.verify() == ()
    for row in ledger.documents.rows():
        assert sha256(ledger.documents.read(row)).hexdigest() == row.sha256


def came_of(home: Home) -> dict[str, Any]:
    """Return the documents on record and the state of every delivery."""
    ledger = open_ledger(home.root)
    rows = []
    for row in ledger.outbox.rows():
        due = row.occurrence
        rows.append(
            (due.requirement_id, due.occurrence_key, due.artifacts, row.recipient, row.state)
        )
    documents = {(row.sha256, row.name, row.status) for row in ledger.documents.rows()}
    return {"deliveries": sorted(rows), "documents": documents}


def test_a_truncated_file_never_stands_under_its_final_name(tmp_path: Path) -> None:
    target = tmp_path / "manifest.json"
    assert in_child(write_and_die, target) == -signal.SIGKILL
    assert not target.exists()
