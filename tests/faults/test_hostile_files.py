"""Hostile and huge input costs bounded memory and time (P17): it is refused, and the rest lands."""

from __future__ import annotations

import json
import resource
import time
from pathlib import Path

import pytest

from tests.faults.child import in_child
from tests.unit.warehouse.bad_inputs.file_cases import bomb, liar
from tests.unit.warehouse.bad_inputs.rows import Folder, csv_bytes
from tests.unit.warehouse.conftest import no_judge, run_of
from warehouse.landing.ingest import ingest

MEBIBYTE = 1024 * 1024


def land_and_measure(folder: Path) -> None:
    """Land a folder; write down what was refused, what landed, and what the readers cost."""
    from tests.faults.readers import contracts_once

    begun = time.monotonic()
    report = ingest(run_of(folder / "home", folder / "source"), contracts_once(), no_judge)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = {
        "refused": {r.table: r.reason_code for r in report.refusals},
        "rows": {t.table: t.rows for t in report.tables.values()},
        "memory": used.ru_maxrss / 1024,
        "cpu": used.ru_utime + used.ru_stime,
        "seconds": time.monotonic() - begun,
    }
    (folder / "said.json").write_text(json.dumps(said))


def write_hostile(folder: Folder, path: Path) -> dict[str, str]:
    """Write one hostile file each in the place of a table; return the reason for each."""
    clean = folder.tables["employee"]
    bomb(path / "plan_fee.csv", clean)
    liar(path / "plan_filing.csv", clean)
    (path / "provider_sla.csv").write_bytes(b"c," * 20_000 + b"\n1\n")
    (path / "plan_year.csv").write_bytes(b'"' + b"x" * 30_000_000)
    (path / "region.jsonl").write_bytes(b"[" * 1_000_000)
    return {
        "plan_fee": "file.bomb",
        "plan_filing": "file.bomb",
        "provider_sla": "drift.header",
        "region": "json.syntax",
    }


def test_hostile_files_cost_little_and_their_neighbours_land(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "source")
    for number in range(40):
        folder.add("department", f"d{number}", description="x" * 50_000)
    folder.write()
    wanted = write_hostile(folder, folder.path)
    rows = folder.tables["department"]
    (folder.path / "department.csv").write_bytes(csv_bytes(rows))
    assert in_child(land_and_measure, tmp_path) == 0
    said = json.loads((tmp_path / "said.json").read_text())
    assert {table: said["refused"].get(table) for table in wanted} == wanted
    assert said["rows"]["employee"] == 2
    assert said["rows"]["plan_year"] == 0
    assert said["memory"] < 500


@pytest.mark.parametrize("size", [MEBIBYTE])
def test_a_json_value_nested_a_million_times_is_put_aside(tmp_path: Path, size: int) -> None:
    folder = Folder(tmp_path / "source")
    row = folder.add("benefits_enrollment", "deep", dependents="[" * size)
    folder.write()
    assert in_child(land_and_measure, tmp_path) == 0
    said = json.loads((tmp_path / "said.json").read_text())
    assert said["rows"]["benefits_enrollment"] == 1
    assert said["memory"] < 500
    assert row["id"]
