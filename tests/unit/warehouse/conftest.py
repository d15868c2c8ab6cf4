"""A small source folder that tests damage, and one call that lands it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from expectations.contract import Contract, load_contracts
from warehouse.gate.results import CheckResult
from warehouse.home import Home
from warehouse.landing.ingest import ingest
from warehouse.landing.report import LandingReport
from warehouse.publish import prepare
from warehouse.settings import Run

COMPANY = "11111111-1111-4111-8111-111111111111"
EMPLOYEES = 30


def uid(number: int) -> str:
    """Return a canonical UUID for a small number."""
    return f"00000000-0000-4000-8000-{number:012d}"


def no_judge(
    connection: duckdb.DuckDBPyConnection, contracts: object, tables: object
) -> list[CheckResult]:
    """Judge nothing: these tests look at what landing itself does."""
    return []


@pytest.fixture(scope="session")
def contracts() -> dict[str, Contract]:
    """Return every contract."""
    return load_contracts()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a folder with one company of thirty people."""
    return write_source(tmp_path / "source")


def write_source(folder: Path) -> Path:
    """Write one company of thirty people into a folder and return it."""
    folder.mkdir()
    (folder / "company.csv").write_text(
        f"id,legal_name,ein,is_test_data,is_active\n{COMPANY},Harbor Test,00-1234567,true,true\n"
    )
    people = [
        f"{uid(n)},{COMPANY},E{n:04d},First{n},Last{n},900-01-{n:04d},2024-01-01T00:00:00Z"
        for n in range(1, EMPLOYEES + 1)
    ]
    header = "id,company_id,employee_number,first_name,last_name,ssn,updated_at"
    (folder / "employee.csv").write_text("\n".join([header, *people]) + "\n")
    return folder


def run_of(home: Path, source: Path, accept: tuple[str, ...] = ()) -> Run:
    """Return the arguments of a run over the folder in the given home."""
    moment = datetime(2025, 7, 1, tzinfo=UTC)
    return Run(date(2025, 6, 30), moment, "tester", Home(home), str(source), accept)


def publish(home: Path | Home, source: Path, contracts: dict[str, Contract]) -> str:
    """Land and publish a version with one mart of what landed; return its name."""
    place = home if isinstance(home, Home) else Home(home)
    run = replace(run_of(place.root, source), home=place)
    ingest(run, contracts, no_judge)
    plan = prepare.begin_build(run.home, run.as_of, contracts)
    if not plan.is_repeat:
        plan.build.build_file.path.parent.mkdir(parents=True, exist_ok=True)
        with plan.build.build_file.open() as connection:
            connection.execute("create schema marts")
            connection.execute(f"create table marts.dim_version as select '{plan.version}' as v")
        prepare.finish_publish(plan, run.home, contracts)
    return plan.version


Lander = Callable[..., LandingReport]


@pytest.fixture
def land(tmp_path: Path, source: Path, contracts: dict[str, Contract]) -> Lander:
    """Return a function that lands the folder into one home, again and again."""

    def once(*accept: str) -> LandingReport:
        return ingest(run_of(tmp_path / "home", source, accept), contracts, no_judge)

    return once


@pytest.fixture
def rows(tmp_path: Path) -> Callable[[str], list[tuple[object, ...]]]:
    """Return a function that asks the landing database one question."""

    def ask(sql: str) -> list[tuple[object, ...]]:
        path = tmp_path / "home" / "landing" / "operational.duckdb"
        connection = duckdb.connect(str(path), read_only=True)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    return ask
