"""The asset graph as the orchestrator shows it: one line of descent from source to delivery."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import dagster as dg
import pytest

from dagster_project.definitions import (
    JOB,
    build_definitions,
    from_environment,
    run_from_environment,
)
from dagster_project.session import Session
from expectations.contract import load_contracts
from reports.registry import REPORTS
from warehouse.build import Project
from warehouse.home import Home
from warehouse.settings import Run


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    """Return the definitions of an empty home."""
    home = Home(tmp_path_factory.mktemp("graph"))
    home.prepare()
    run = Run(date(2025, 6, 30), datetime(2025, 7, 1, tzinfo=UTC), "tester", home)
    return build_definitions(Session(run, Project()))


def ancestors(definitions: dg.Definitions, key: dg.AssetKey) -> set[dg.AssetKey]:
    """Return everything an asset descends from."""
    graph = definitions.resolve_asset_graph()
    seen: set[dg.AssetKey] = set()
    frontier = {key}
    while frontier:
        frontier = {p for k in frontier for p in graph.get(k).parent_keys} - seen
        seen |= frontier
    return seen


def test_every_document_and_delivery_descends_from_the_customers_tables(
    definitions: dg.Definitions,
) -> None:
    ends = [dg.AssetKey(["documents", report.name]) for report in REPORTS]
    for key in (*ends, dg.AssetKey(["deliveries", "outbox"])):
        above = ancestors(definitions, key)
        assert dg.AssetKey(["published", "snapshot"]) in above
        assert dg.AssetKey(["landing", "benefits_enrollment"]) in above
        assert dg.AssetKey(["source", "benefits_enrollment"]) in above


def test_every_contract_is_an_asset_with_a_blocking_gate(definitions: dg.Definitions) -> None:
    checks = definitions.resolve_asset_graph().asset_check_keys
    gated = {c.asset_key.path[-1] for c in checks if c.name == "gate"}
    assert gated == set(load_contracts())


def test_the_job_runs_everything_but_sources_and_single_documents(
    definitions: dg.Definitions,
) -> None:
    keys = definitions.resolve_job_def(JOB).asset_layer.executable_asset_keys
    first = {key.path[0] for key in keys}
    assert first == {
        *("landing", "seeds", "staging", "intermediate"),
        *("marts", "reports", "published", "deliveries"),
    }


def test_schedule_and_sensor_are_there(definitions: dg.Definitions) -> None:
    assert definitions.resolve_schedule_def("daily").cron_schedule == "0 5 * * *"
    assert definitions.resolve_sensor_def("due_deliveries").minimum_interval_seconds == 60


def test_a_new_folder_of_the_orchestrator_has_telemetry_off_and_an_old_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    for folder in (new, old):
        folder.mkdir()
    (old / "dagster.yaml").write_text("telemetry:\n  enabled: false\n# mine\n")
    monkeypatch.setenv("BENEFITS_HOME", str(tmp_path / "home"))
    for folder in (new, old):
        monkeypatch.setenv("DAGSTER_HOME", str(folder))
        from_environment()
        with dg.DagsterInstance.from_config(str(folder)) as instance:
            assert instance.telemetry_enabled is False
    assert "# mine" in (old / "dagster.yaml").read_text()


def test_the_orchestrator_reads_the_date_and_the_clock_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BENEFITS_HOME", str(tmp_path))
    monkeypatch.setenv("BENEFITS_AS_OF", "2025-06-30")
    home = Home(tmp_path)
    first = run_from_environment(home)
    session = Session(first, Project(), fresh=lambda: run_from_environment(home))
    monkeypatch.setenv("BENEFITS_AS_OF", "2025-07-31")
    session.take_decisions()
    assert (first.as_of, session.run.as_of) == (date(2025, 6, 30), date(2025, 7, 31))
    assert session.run.now >= first.now


def test_the_orchestrators_folder_can_be_made_before_it_is_first_opened(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "dagster"
    call = [sys.executable, "-m", "dagster_project.instance", str(folder)]
    subprocess.run(call, check=True, env=os.environ | {"DAGSTER_HOME": ""})
    with dg.DagsterInstance.from_config(str(folder)) as instance:
        assert (instance.telemetry_enabled, instance.nux_enabled) == (False, False)
