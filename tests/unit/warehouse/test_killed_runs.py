"""A run killed at any step leaves no half state: the next run equals an undisturbed one."""

from __future__ import annotations

import gc
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from expectations.contract import Contract
from tests.unit.warehouse.conftest import no_judge, run_of, write_source
from warehouse import build as building
from warehouse import home as homes
from warehouse.home import Home
from warehouse.landing import ingest as ingesting
from warehouse.landing import load as loading
from warehouse.landing import referential
from warehouse.publish import pointer, prepare
from warehouse.settings import Run

MODELS = ("dim_company", "dim_employee")


def run_once(run: Run, contracts: dict[str, Contract]) -> str:
    """Land, build two marts, publish; return the version."""
    ingesting.ingest(run, contracts, no_judge)
    plan = prepare.begin_build(run.home, run.as_of, contracts)
    if plan.is_repeat:
        return plan.version
    results = building.Project().run(plan.build, [f"+{name}" for name in MODELS])
    assert {r.status for r in results} <= {"success", "pass"}
    prepare.finish_publish(plan, run.home, contracts)
    return plan.version


def kill_after(owner: Any, name: str, calls: int = 1) -> None:
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


STEPS: dict[str, tuple[Any, str, int]] = {
    "fresh landing opened": (loading, "open_fresh", 1),
    "half of the tables loaded": (loading, "create_table", 40),
    "all tables loaded": (loading, "load_tables", 1),
    "references settled": (referential, "settle", 1),
    "landing accepted": (ingesting, "_accept", 1),
    "build planned": (prepare, "begin_build", 1),
    "models built": (building.Project, "run", 1),
    "snapshot copied": (prepare, "write_snapshot", 1),
    "certificate written": (prepare, "write_certificate", 1),
    "manifest written": (pointer, "write_atomically", 1),
    "version in place": (pointer, "fsync_path", 2),
    "pointer moved": (pointer, "point_to", 1),
}


def in_child(work: Callable[[], object]) -> int:
    """Run work in a forked child and return how it ended (a negative signal number if killed)."""
    gc.collect()
    gc.freeze()  # a child must not collect what earlier tests left: its threads are gone
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def tables(home: Home) -> tuple[str, dict[str, Any]]:
    """Return the current version and the content hashes of its tables."""
    latest = pointer.current(home)
    assert latest is not None
    return latest[0], latest[1]["tables"]


@pytest.fixture(scope="module")
def calm(
    tmp_path_factory: pytest.TempPathFactory, contracts: dict[str, Contract]
) -> tuple[str, dict[str, Any]]:
    """Return what an undisturbed run publishes."""
    folder = tmp_path_factory.mktemp("calm")
    write_source(folder / "source")
    run = run_of(folder / "home", folder / "source")
    assert in_child(lambda: run_once(run, contracts)) == 0
    return tables(run.home)


@pytest.mark.parametrize("step", STEPS)
def test_the_run_after_a_kill_equals_an_undisturbed_one(
    step: str,
    calm: tuple[str, dict[str, Any]],
    tmp_path: Path,
    source: Path,
    contracts: dict[str, Contract],
) -> None:
    hurt = run_of(tmp_path / "hurt", source)
    owner, name, calls = STEPS[step]

    def killed() -> None:
        kill_after(owner, name, calls)
        run_once(hurt, contracts)

    assert in_child(killed) == -signal.SIGKILL
    seen = hurt.home.published / pointer.POINTER
    if seen.exists():
        assert tables(hurt.home) == calm
    assert in_child(lambda: run_once(hurt, contracts)) == 0
    assert tables(hurt.home) == calm
    left = [p.name for p in hurt.home.published.iterdir()]
    assert sorted(left) == sorted([calm[0], pointer.POINTER])


def test_a_truncated_file_never_stands_under_its_final_name(tmp_path: Path) -> None:
    target = tmp_path / "manifest.json"

    def killed() -> None:
        real = os.fsync

        def dying(handle: int) -> None:
            real(handle)
            os.kill(os.getpid(), signal.SIGKILL)

        os.fsync = dying  # type: ignore[assignment]
        homes.write_atomically(target, json.dumps({"whole": True}).encode())

    assert in_child(killed) == -signal.SIGKILL
    assert not target.exists()
