"""The asset graph as the orchestrator shows it: one line of descent from source to delivery."""

from __future__ import annotations

from datetime import UTC, date, datetime

import dagster as dg
import pytest

from dagster_project.definitions import JOB, build_definitions
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
