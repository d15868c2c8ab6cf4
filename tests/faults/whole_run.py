"""A whole small run, dbt included, killed right after a step if asked.

Belongs here: what happens in that process. Does not belong here: what must hold afterwards.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from expectations.contract import load_contracts
from tests.unit.warehouse.conftest import no_judge
from warehouse import build as building
from warehouse import home as homes
from warehouse.increment import delta, rebuild, touched
from warehouse.landing import database, referential
from warehouse.landing import ingest as ingesting
from warehouse.landing import load as loading
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
    "people's rows made": (delta, "make_build", 1),
    "people's rows put in": (delta, "merge", 1),
    "facts about everybody made": (delta, "companies_changed", 1),
    "last build adopted": (touched, "adopt", 1),
    "build put aside": (prepare, "put_aside", 1),
}
UNHARMED = ""


def run_once(run: Run, killed_after: str = UNHARMED) -> None:
    """Land, build two marts, publish; killed right after the named step."""
    contracts = load_contracts()
    if killed_after:
        _kill_after(*STEPS[killed_after])
    ingesting.ingest(run, contracts, no_judge)
    plan = prepare.begin_build(run.home, run.as_of, contracts)
    if plan.is_repeat:
        return
    results = building.Project().run(plan.build, [f"+{name}" for name in MODELS])
    assert {r.status for r in results} <= {"success", "pass"}
    prepare.finish_publish(plan, run.home, contracts)


def run_from_the_last(run: Run, killed_after: str = UNHARMED) -> None:
    """Land, build everything from the last build, publish; killed right after the named step."""
    contracts = load_contracts()
    if killed_after:
        _kill_after(*INCREMENT_STEPS[killed_after])
    ingesting.ingest(run, contracts, no_judge)
    plan = prepare.begin_build(run.home, run.as_of, contracts)
    if plan.is_repeat:
        return
    results = rebuild.build(building.Project(), plan.build, run.home, contracts)
    assert {r.status for r in results} <= rebuild.GOOD
    prepare.finish_publish(plan, run.home, contracts)


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
