"""Runs a build on another engine, in that engine's own venv, and tells how it ended.

Belongs here: where the venvs lie, handing over landing as parquet, starting the builder. Does not:
the builder itself (`engine_build.py`, which shares no package with us) and any comparison.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.conftest import AS_OF
from warehouse.database_file import DatabaseFile

ROOT = Path(__file__).parent.parent.parent
SAIL = ROOT / ".venv-distributed" / "bin" / "python"
SPARK = ROOT / ".venv-spark" / "bin" / "python"
BUILDER = Path(__file__).parent / "engine_build.py"


@dataclass(frozen=True)
class Built:
    """What another engine built, what it could not, and in how many seconds."""

    folder: Path
    failed: dict[str, str]
    skipped: tuple[str, ...]
    seconds: float


def build_on(python: Path, landing: Path, out: Path, *options: str, timeout: int = 900) -> Built:
    """Return the models as the engine of this venv built them from parquet files."""
    places = {"landing": landing, "project": ROOT / "dbt", "out": out}
    command = [str(python), str(BUILDER), "--as-of", AS_OF, *options]
    for name, place in places.items():
        command += [f"--{name}", str(place)]
    environment = {**os.environ, "RUST_LOG": "error"}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=timeout, env=environment
    )
    report = out / "report.json"
    assert report.exists(), done.stderr[-2000:]
    result = json.loads(report.read_text(encoding="utf-8"))
    failed = {node["model"]: node["message"] for node in result["failed"]}
    return Built(out / "built", failed, tuple(result["skipped"]), result["seconds"])


def export_landing(database: DatabaseFile, folder: Path) -> None:
    """Write every landed table as a parquet file."""
    folder.mkdir(parents=True)
    with duckdb.connect() as connection:
        database.attach(connection, "operational")
        tables = connection.execute(
            "select table_name from information_schema.tables where table_catalog ="
            " 'operational' and table_schema = 'landing' and table_type = 'BASE TABLE'"
        ).fetchall()
        for (name,) in tables:
            target = folder / f"{name}.parquet"
            connection.execute(
                f"copy operational.landing.\"{name}\" to '{target}' (format parquet)"
            )
