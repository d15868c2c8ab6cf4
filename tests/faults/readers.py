"""One process publishes version after version while others read what is published.

Belongs here: what those processes do. Does not belong here: what must hold afterwards.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

from expectations.contract import Contract, load_contracts
from reports.access.viewer import operator
from reports.model import Document, Facts, Report, ReportRequest
from reports.snapshot import Snapshot, open_snapshot
from tests.unit.warehouse.conftest import COMPANY, no_judge, run_of
from warehouse.build import Build
from warehouse.database_file import DatabaseFile
from warehouse.home import Home
from warehouse.landing.ingest import ingest
from warehouse.publish import prepare
from warehouse.publish.retention import retire

ROWS, KEEP, AS_OF = 2_000, 3, date(2025, 6, 30)
MODELS = ("rpt_version__row", "fct_version")


def _build(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
    raise AssertionError("the readers want rows, no document")


REPORT = Report("version", "Version", "dataset", MODELS, ("csv",), _build, "aggregate", None)


@cache
def contracts_once() -> dict[str, Contract]:
    """Return every contract, read once in this process."""
    return load_contracts()


def land(home: Path, source: Path) -> None:
    """Land the source, so that there is something a version can say it was made from."""
    ingest(run_of(home, source), contracts_once(), no_judge)


def publish_again_and_again(root: Path, numbers: range, record: Path) -> None:
    """Publish one version a number, each from a load of its own; write down names and ends."""
    contracts, home, names = contracts_once(), Home(root), []
    for number in numbers:
        with duckdb.connect(str(home.landing_file)) as connection:
            connection.execute("insert into history.load (load_id) values (?)", [number + 10])
        name = f"{number:016x}"
        file = DatabaseFile(home.build / name / "warehouse.duckdb")
        build = Build(file, home.landing, home.build, AS_OF)
        plan = prepare.BuildPlan(name, name, "", False, build)
        write_build(plan)
        prepare.finish_publish(plan, home, contracts)
        names.append([name, *retire(home, (), KEEP)])
    record.write_text(json.dumps(names))


def write_build(plan: prepare.BuildPlan) -> None:
    """Write marts and report rows in which every row names its version."""
    plan.build.build_file.path.parent.mkdir(parents=True, exist_ok=True)
    with plan.build.build_file.open() as connection:
        for schema in ("marts", "reports"):
            connection.execute(f"create schema {schema}")
        connection.execute(
            f"create table marts.dim_company as select '{COMPANY}' as company_id, "
            f"'{plan.version}' as legal_name, '001234567' as ein, true as is_active, "
            "true as is_test_data"
        )
        for table in ("reports.rpt_version__row", "marts.fct_version"):
            connection.execute(
                f"create table {table} as select '{COMPANY}' as company_id, n, "
                f"'{plan.version}' as version from range({ROWS}) r(n)"
            )


def read_until(home: Path, stop: Path, seed: int, record: Path) -> None:
    """Read the current version until a file appears; write down what was seen."""
    chance = random.Random(seed)
    seen: dict[str, object] = {"answers": 0, "versions": [], "mixed": [], "errors": []}
    versions: set[str] = set()
    mixed, errors, answers = [], [], 0
    while not (stop.exists() and answers):
        try:
            with open_snapshot(home) as snapshot:
                first = answer(snapshot)
                time.sleep(chance.choice((0, 0, 0, 0.01, 0.1, 1.5)))
                carried = {snapshot.data_version, *first, *answer(snapshot)}
                if snapshot.alert:
                    errors.append(snapshot.alert)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not happen
            errors.append(f"{type(error).__name__}: {error}")
            continue
        answers += 1
        versions |= carried
        if len(carried) != 1:
            mixed.append(sorted(carried))
    seen |= {"answers": answers, "versions": sorted(versions), "mixed": mixed, "errors": errors}
    record.write_text(json.dumps(seen))


def answer(snapshot: Snapshot) -> set[str]:
    """Return every version that any row of one answer names."""
    request = ReportRequest(company_id=COMPANY, as_of=snapshot.as_of)
    frames = snapshot.rows(REPORT, request, operator())
    named = {str(v) for frame in frames.values() for v in frame["version"].unique()}
    if any(frame.height != ROWS for frame in frames.values()):
        named.add("rows are missing")
    return named | {company.name for company in snapshot.companies}
