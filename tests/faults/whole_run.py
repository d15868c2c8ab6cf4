"""A whole small run, dbt included, killed right after a step if asked.

Belongs here: what happens in that process. Does not belong here: what must hold afterwards.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from expectations.contract import Contract, load_contracts
from ledger.keys import KEY_FILE
from tests.unit.warehouse.conftest import no_judge
from warehouse import build as building
from warehouse import home as homes
from warehouse.increment import delta, making, rebuild, touched
from warehouse.landing import database, referential
from warehouse.landing import ingest as ingesting
from warehouse.landing import load as loading
from warehouse.opening import open_home
from warehouse.publish import pointer, prepare
from warehouse.settings import Run

MODELS = ("dim_company", "dim_employee")
STEPS: dict[str, tuple[Any, str, int]] = {
    "fresh landing opened": (database, "open_next", 1),
    "half of the tables loaded": (loading, "count_notes", 2),
    "all tables loaded": (loading, "load_tables", 1),
    "references settled": (referential, "settle", 1),
    "landing accepted": (ingesting, "accept", 1),
    "build planned": (prepare, "begin_build", 1),
    "models built": (building.Project, "run", 1),
    "snapshot copied": (prepare, "write_snapshot", 1),
    "certificate written": (prepare, "write_certificate", 1),
    "manifest written": (pointer, "write_atomically", 1),
    "version in place": (pointer, "fsync_path", 2),
    "pointer moved": (pointer, "point_to", 1),
}
INCREMENT_STEPS: dict[str, tuple[Any, str, int]] = {
    "people found": (touched, "find_people", 1),
    "people's rows made": (delta.Small, "make", 20),
    "people's rows put in": (delta.Small, "merge", 5),
    "facts about everybody made": (delta, "companies_changed", 1),
    "last build adopted": (touched, "adopt", 1),
    "build put aside": (prepare, "put_aside", 1),
}
UNHARMED = ""
GRAPH_CALLS = {
    "some tables judged": ("warehouse.gate.judge", "_judge_one", 5),
    "all tables judged": ("warehouse.gate.judge", "_store", 1),
    "repeat remembered": ("warehouse.publish.repeat", "remember", 1),
    "a document rendered": ("distribution.production", "render", 3),
    "documents of a due date stored": ("distribution.production", "_kept", 2),
    "a due date queued": ("distribution.queueing", "_added", 3),
}
GRAPH_PLACES = (
    "Land",
    *tuple(GRAPH_CALLS)[:2],
    "Build",
    "Publish",
    *tuple(GRAPH_CALLS)[2:],
    "Deliver",
)
Contracts = dict[str, Contract]
Results = tuple[building.NodeResult, ...]
Builder = Callable[[prepare.BuildPlan, Run, Contracts], Results]


def run_once(run: Run, killed_after: str = UNHARMED) -> None:
    """Land, build two marts, publish; killed right after the named step."""
    if killed_after:
        _kill_after(*STEPS[killed_after])
    _publish(run, _two_marts, {"success", "pass"})


def run_from_the_last(run: Run, key_file: str, killed_after: str = UNHARMED) -> None:
    """Land, build everything from the last build, publish; killed right after the named step.

    An opened home cannot be handed to a child: it is opened here, with the key of this file.
    """
    os.environ[KEY_FILE] = key_file
    if killed_after:
        _kill_after(*INCREMENT_STEPS[killed_after])
    _publish(replace(run, home=open_home(run.home.root)), _everything, making.GOOD)


def _publish(run: Run, build: Builder, good: frozenset[str] | set[str]) -> None:
    contracts = load_contracts()
    ingesting.ingest(run, contracts, no_judge)
    plan = prepare.begin_build(run.home, run.as_of, contracts)
    if plan.is_repeat:
        return
    assert {r.status for r in build(plan, run, contracts)} <= good
    prepare.finish_publish(plan, run.home, contracts)


def _two_marts(plan: prepare.BuildPlan, run: Run, contracts: Contracts) -> Results:
    return building.Project().run(plan.build, [f"+{name}" for name in MODELS])


def _everything(plan: prepare.BuildPlan, run: Run, contracts: Contracts) -> Results:
    return rebuild.build(building.Project(), plan.build, run.home, contracts)


def run_graph(run: Run, killed_at: str = UNHARMED) -> None:
    """Run what `benefits run` runs, the whole asset graph; killed at the named place.

    A place is a step of the terminal's bar, at half of its length, or a call.
    """
    from dagster_project.execute import run_once as run_assets

    if killed_at in GRAPH_CALLS:
        owner, name, calls = GRAPH_CALLS[killed_at]
        _kill_after(import_module(owner), name, calls)

    def bar(step: str, done: int, total: int) -> None:
        if step == killed_at and done >= max(1, total // 2):
            os.kill(os.getpid(), signal.SIGKILL)

    run_assets(run, bar=bar)


def _kill_after(owner: Any, name: str, calls: int) -> None:
    """Make the process kill itself right after the given call of a function."""
    real: Callable[..., Any] = getattr(owner, name)
    seen = 0

    def killing(*arguments: Any, **named: Any) -> Any:
        nonlocal seen
        answer = real(*arguments, **named)
        seen += 1
        if seen == calls:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    setattr(owner, name, killing)


def write_and_die(target: Path) -> None:
    """Write a file and be killed when its bytes are on disk and its name is not."""
    real = os.fsync

    def dying(handle: int) -> None:
        real(handle)
        os.kill(os.getpid(), signal.SIGKILL)

    os.fsync = dying  # type: ignore[assignment]
    homes.write_atomically(target, json.dumps({"whole": True}).encode())
