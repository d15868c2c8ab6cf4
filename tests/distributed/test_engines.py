"""The same models on DuckDB and on Sail: every row of what is published must be equal.

Belongs here: one build on the second engine from the rows the session's home landed, and the
comparison. Does not: any rule; a difference is repaired in a macro or in the model.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.conftest import AS_OF, Published
from tests.distributed.compare import compare

ROOT = Path(__file__).parent.parent.parent
PYTHON = ROOT / ".venv-distributed" / "bin" / "python"
pytestmark = pytest.mark.skipif(
    not PYTHON.exists(), reason="the second engine is set up by `make distributed`"
)


@dataclass(frozen=True)
class Built:
    """What the second engine built, and what it could not."""

    folder: Path
    failed: dict[str, str]
    skipped: tuple[str, ...]


@pytest.fixture(scope="module")
def sail(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The models built on Sail from the landing database of the published home."""
    folder = tmp_path_factory.mktemp("sail")
    export_landing(published.home / "landing" / "operational.duckdb", folder / "landing")
    script = Path(__file__).parent / "sail_build.py"
    places = {"landing": folder / "landing", "project": ROOT / "dbt", "out": folder / "out"}
    command = [str(PYTHON), str(script), "--as-of", AS_OF]
    for name, place in places.items():
        command += [f"--{name}", str(place)]
    environment = {**os.environ, "RUST_LOG": "error"}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=900, env=environment
    )
    report = folder / "out" / "report.json"
    assert report.exists(), done.stderr[-2000:]
    result = json.loads(report.read_text(encoding="utf-8"))
    failed = {node["model"]: node["message"] for node in result["failed"]}
    return Built(folder / "out" / "built", failed, tuple(result["skipped"]))


def export_landing(database: Path, folder: Path) -> None:
    """Write every landed table as a parquet file."""
    folder.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{database}' as operational (read_only)")
        tables = connection.execute(
            "select table_name from information_schema.tables where table_catalog ="
            " 'operational' and table_schema = 'landing' and table_type = 'BASE TABLE'"
        ).fetchall()
        for (name,) in tables:
            target = folder / f"{name}.parquet"
            connection.execute(
                f"copy operational.landing.\"{name}\" to '{target}' (format parquet)"
            )


def test_every_model_builds_on_the_second_engine(sail: Built) -> None:
    assert sail.failed == {}
    assert sail.skipped == ()


def test_every_published_row_is_equal_on_both_engines(sail: Built, published: Published) -> None:
    result = compare(published.snapshot, sail.folder, ("marts", "reports"))
    assert [f"{found.table}: {found.what}" for found in result.differences] == []
    assert result.tables > 20
    assert result.rows > 10_000
