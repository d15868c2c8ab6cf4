"""What `benefits generate --faults` plants is found, all of it by its name, and nothing else is."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from data.sample.faults import ANSWER_KEY, plant
from data.sample.generator import SampleRequest, generate
from expectations.contract import load_contracts
from tests.unit.warehouse.conftest import no_judge
from warehouse.home import Home
from warehouse.landing.ingest import ingest
from warehouse.landing.report import LandingReport
from warehouse.settings import Run

SMALL = SampleRequest(people=120, companies=5, seed=5)
TINY = SampleRequest(people=20, companies=1, seed=5)
PUT_ASIDE = ("quarantine", "quarantine_value")


@dataclass(frozen=True)
class Landed:
    """What landing said about one source: rejected rows, their reasons, findings."""

    source: Path
    report: LandingReport
    rejected: list[tuple[str, str, list[str], str]]
    findings: list[tuple[str, str, str]]


def landed(folder: Path, sample: SampleRequest, *, faults: bool) -> Landed:
    """Generate a sample, break it if asked, and land it."""
    source = folder / "source"
    generate(sample, source)
    if faults:
        plant(source, sample.seed)
    moment = datetime(2026, 7, 1, tzinfo=UTC)
    run = Run(date(2025, 6, 30), moment, "tester", Home(folder / "home"), str(source))
    report = ingest(run, load_contracts(), no_judge)
    with duckdb.connect(str(run.home.landing_file), read_only=True) as connection:
        rows = connection.execute(
            "select table_name, coalesce(primary_key, ''), reasons, row_json from landing.rejected"
        ).fetchall()
        findings = connection.execute(
            "select table_name, reason_code, column_name from landing.finding"
        ).fetchall()
    rejected = [
        (table, key, [reason.split(" ")[0] for reason in json.loads(reasons)], raw or "")
        for table, key, reasons, raw in rows
    ]
    return Landed(source, report, rejected, findings)


@pytest.fixture(scope="module", params=[SMALL, TINY], ids=["small", "tiny"])
def broken(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Landed:
    return landed(tmp_path_factory.mktemp("broken"), request.param, faults=True)


@pytest.fixture(scope="module")
def key(broken: Landed) -> list[dict[str, str]]:
    with (broken.source / ANSWER_KEY).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_clean_sample_raises_no_alarm(tmp_path: Path) -> None:
    clean = landed(tmp_path, SMALL, faults=False)
    assert clean.report.refusals == ()
    assert clean.rejected == []
    assert clean.findings == []


def test_every_row_that_must_be_put_aside_is_with_its_reason(
    broken: Landed, key: list[dict[str, str]]
) -> None:
    wanted = [row for row in key if row["outcome"] in PUT_ASIDE]
    missed = [
        row
        for row in wanted
        if not any(
            table == row["table"] and row["reason"] in reasons and _is_about(row, found, raw)
            for table, found, reasons, raw in broken.rejected
        )
    ]
    assert len(wanted) > 40
    assert missed == []


def _is_about(row: dict[str, str], found: str, raw: str) -> bool:
    """Return whether a rejected row is the planted one; a broken key is gone from its row."""
    return row["column"] == "id" or row["key"] in (found, "") or row["key"] in raw


def test_everything_that_lands_but_is_odd_is_a_finding(
    broken: Landed, key: list[dict[str, str]]
) -> None:
    said = {(table, code) for table, code, _ in broken.findings}
    wanted = [row for row in key if row["outcome"] not in PUT_ASIDE]
    missed = [
        row for row in wanted if not {(row["table"], row["reason"]), ("", row["reason"])} & said
    ]
    assert len(wanted) > 12
    assert missed == []


def test_nothing_is_said_that_was_not_planted_or_follows_from_it(
    broken: Landed, key: list[dict[str, str]]
) -> None:
    planted = {(row["table"], row["reason"]) for row in key}
    gone = {found for _, found, _, _ in broken.rejected}
    false_alarms = [
        (table, found, reasons)
        for table, found, reasons, raw in broken.rejected
        if not any((table, reason) in planted for reason in reasons)
        and not (reasons == ["key.orphan"] and gone & set(json.loads(raw).values()))
    ]
    assert false_alarms == []
    codes = {reason for _, reason in planted}
    assert [f for f in broken.findings if f[1] not in codes] == []


def test_no_table_is_refused_for_a_few_bad_rows(broken: Landed) -> None:
    assert broken.report.refusals == ()
