"""The unit tests that stand beside the models, run by dbt on models without a row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.oracles.build import write_landing
from warehouse.build import Build, NodeResult, Project
from warehouse.database_file import DatabaseFile

GOOD = ("success", "pass")
MODELS = Path(__file__).resolve().parents[3] / "dbt" / "models"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> tuple[NodeResult, ...]:
    home = tmp_path_factory.mktemp("unit-tests")
    landing = DatabaseFile(write_landing(home, {}))
    file = DatabaseFile(home / "build" / "warehouse.duckdb")
    build = Build(file, landing, home / "target", date(2024, 12, 31))
    return Project().run(build, (), exclude_types=("test",))


def test_every_unit_test_of_the_models_passes(results: tuple[NodeResult, ...]) -> None:
    tests = [result for result in results if result.resource_type == "unit_test"]
    failed = [f"{r.name}: {r.status} {r.message}" for r in results if r.status not in GOOD]
    assert failed == []
    assert len(tests) == len(set(declared()))


def declared() -> list[str]:
    """Return the names of the unit tests as the files beside the models declare them."""
    files = (yaml.safe_load(path.read_text()) for path in sorted(MODELS.rglob("*.yml")))
    return [test["name"] for file in files for test in file.get("unit_tests", ())]
