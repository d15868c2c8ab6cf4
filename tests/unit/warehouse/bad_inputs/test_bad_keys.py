"""What several rows or loads show together: doubles, orphans, other companies, late rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from expectations.contract import Contract
from tests.unit.warehouse.bad_inputs.rows import (
    COMPANY,
    OTHER,
    PERSON,
    STRANGER,
    Folder,
    Row,
    key_of,
    valid_row,
)
from tests.unit.warehouse.conftest import no_judge
from warehouse.database_file import DatabaseFile
from warehouse.gate.certificate import write_certificate
from warehouse.home import Home
from warehouse.landing.ingest import ingest
from warehouse.landing.report import LandingReport
from warehouse.settings import Run

ENROLLMENT = "benefits_enrollment"
Ask = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture
def folder(tmp_path: Path, contracts: dict[str, Contract]) -> Folder:
    return Folder(tmp_path / "source", contracts)


@pytest.fixture
def land(folder: Folder, tmp_path: Path) -> Callable[..., LandingReport]:
    def once(settings: str = "", accept: tuple[str, ...] = ()) -> LandingReport:
        source = str(folder.write(settings))
        moment = datetime(2026, 7, 1, tzinfo=UTC)
        run = Run(date(2025, 6, 30), moment, "tester", Home(tmp_path / "home"), source, accept)
        return ingest(run, folder.contracts, no_judge)

    return once


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    def rows(sql: str) -> list[tuple[object, ...]]:
        path = Home(tmp_path / "home").landing_file
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    return rows


def rejected(ask: Ask) -> dict[str, list[str]]:
    """Return the reason codes of every rejected row by its key."""
    rows = ask("select primary_key, reasons from landing.rejected")
    return {
        str(key): [reason.split(" ")[0] for reason in json.loads(str(reasons))]
        for key, reasons in rows
    }


Land = Callable[..., LandingReport]


def test_what_only_several_rows_show_in_one_load(folder: Folder, land: Land, ask: Ask) -> None:
    """Cases BI-101, BI-104 to BI-107, BI-109 to BI-113 in one folder."""
    twin = folder.add(ENROLLMENT, "twin")
    folder.tables[ENROLLMENT].append(dict(twin))
    old = folder.add(ENROLLMENT, "two versions", updated_at="2025-01-01T00:00:00Z")
    folder.tables[ENROLLMENT].append(
        old | {"updated_at": "2025-02-01T00:00:00Z", "waiver_reason": "newer"}
    )
    torn = folder.add(ENROLLMENT, "torn", updated_at="2025-01-01T00:00:00Z")
    folder.tables[ENROLLMENT].append(torn | {"waiver_reason": "another"})
    folder.add(ENROLLMENT, "no key", id="", enrollment_number="NOKEY")
    number = {"enrollment_number": "SAME-1"}
    one = folder.add(ENROLLMENT, "number here", **number)
    two = folder.add(ENROLLMENT, "number there", company_id=OTHER, employee_id=STRANGER, **number)
    lost = folder.add(ENROLLMENT, "orphan", employee_id=key_of("nobody"))
    crossed = folder.add(ENROLLMENT, "crossed", company_id=COMPANY, employee_id=STRANGER)
    steps = "benefits_workflow_execution"
    self_made = folder.add(steps, "own parent", parent_execution_id=key_of("own parent"))
    ring = [
        folder.add(steps, f"ring {n}", parent_execution_id=key_of(f"ring {(n + 1) % 3}"))
        for n in range(3)
    ]
    for n in range(2):
        folder.add("employee", f"sharer {n}", ssn="900-01-7777")
    report = land()
    aside = rejected(ask)
    assert aside == {
        torn["id"]: ["key.conflict"],
        "": ["key.null"],
        lost["id"]: ["key.orphan"],
        crossed["id"]: ["key.cross_company"],
    }
    counts = "select received, landed, rejected, duplicates, superseded from history.load_table "
    [(received, *parts)] = ask(f"{counts} where table_name = '{ENROLLMENT}'")
    assert parts == [4, 5, 1, 1]
    assert received == sum(int(str(part)) for part in parts)
    current = f"select waiver_reason from landing.{ENROLLMENT} where id = '{old['id']}'"
    assert ask(current) == [("newer",)]
    assert {row["id"] for row in (one, two)} <= {
        str(key) for (key,) in ask(f"select id from landing.{ENROLLMENT}")
    }
    assert ask(f"select count(*) from landing.{steps}") == [(len(ring) + 1,)]
    assert self_made["id"] == self_made["parent_execution_id"]
    codes = {str(code) for (code,) in ask("select reason_code from landing.finding")}
    assert {"key.cycle", "key.ssn_shared", "key.duplicate_identical"} <= codes
    assert ask("select row_count from landing.finding where reason_code = 'key.cycle'") == [(4,)]
    assert report.refusals == ()


def test_bi_106_a_contradiction_leaves_the_version_that_landed_before(
    folder: Folder, land: Land, ask: Ask
) -> None:
    row = folder.add(ENROLLMENT, "row", waiver_reason="first", updated_at="2025-01-01T00:00:00Z")
    land()
    later = {"updated_at": "2025-03-01T00:00:00Z"}
    folder.tables[ENROLLMENT] = [
        row | later | {"waiver_reason": "this"},
        row | later | {"waiver_reason": "that"},
    ]
    report = land()
    assert report.tables[ENROLLMENT].rejected == 2
    assert ask(f"select waiver_reason from landing.{ENROLLMENT}") == [("first",)]


def test_bi_108_a_newcomer_with_a_taken_number_is_put_aside(
    folder: Folder, land: Land, ask: Ask
) -> None:
    first = folder.add(ENROLLMENT, "first", enrollment_number="TAKEN")
    land()
    second = folder.add(ENROLLMENT, "second", enrollment_number="TAKEN")
    land()
    assert rejected(ask) == {second["id"]: ["key.uk_benefits_enrollment_company_number"]}
    assert ask(f"select id from landing.{ENROLLMENT}") == [(first["id"],)]


def test_bi_110_111_an_orphan_lands_by_itself_once_its_parent_is_there(
    folder: Folder, land: Land, ask: Ask
) -> None:
    late = folder.add(ENROLLMENT, "late", employee_id=key_of("person late"))
    land()
    assert rejected(ask) == {late["id"]: ["key.orphan"]}
    folder.add("employee", "person late", id=key_of("person late"), ssn="")
    land()
    assert rejected(ask) == {}
    assert ask(f"select id from landing.{ENROLLMENT}") == [(late["id"],)]


def test_bi_112_a_row_across_companies_stands_in_neither(
    folder: Folder, land: Land, ask: Ask, tmp_path: Path
) -> None:
    crossed = folder.add(ENROLLMENT, "crossed", company_id=OTHER, employee_id=PERSON)
    land()
    assert rejected(ask) == {crossed["id"]: ["key.cross_company"]}
    assert ask(f"select * from landing.{ENROLLMENT}") == []
    snapshot = tmp_path / "snapshot.duckdb"
    write_certificate(DatabaseFile(snapshot), Home(tmp_path / "home").landing, folder.contracts)
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        graded = connection.execute("select company_name, grade from quality.certificate")
        assert dict(graded.fetchall())["Two"] == "F"


def test_bi_114_an_older_version_that_comes_later_goes_to_the_history(
    folder: Folder, land: Land, ask: Ask
) -> None:
    row = folder.add(ENROLLMENT, "row", waiver_reason="v2", updated_at="2025-02-01T00:00:00Z")
    land()
    folder.tables[ENROLLMENT] = [
        row | {"waiver_reason": "v1", "updated_at": "2025-01-01T00:00:00Z"}
    ]
    land()
    assert ask(f"select waiver_reason from landing.{ENROLLMENT}") == [("v2",)]
    assert ask(f"select waiver_reason from history.{ENROLLMENT}") == [("v1",)]


def test_bi_116_a_row_that_went_and_came_back_shows_both(
    folder: Folder, land: Land, ask: Ask
) -> None:
    stays = folder.add(ENROLLMENT, "stays")
    row = folder.add(ENROLLMENT, "comes and goes")
    for rows in ([stays, row], [stays], [stays, row]):
        folder.tables[ENROLLMENT] = rows
        land()
    spans = f"from history.{ENROLLMENT} where id = '{row['id']}'"
    assert ask(f"select _valid_from, _valid_to {spans}") == [(1, 2)]
    current = f"select _valid_from from landing.{ENROLLMENT} where id = '{row['id']}'"
    assert ask(current) == [(3,)]


@pytest.mark.parametrize("left", [0, 40])
def test_bi_003_117_a_feed_that_lost_its_rows_waits_for_a_person(
    folder: Folder, land: Land, ask: Ask, left: int
) -> None:
    folder.pad(ENROLLMENT, 100)
    land()
    rows, empty = folder.tables[ENROLLMENT], valid_row(folder.contracts[ENROLLMENT], "x")
    folder.tables[ENROLLMENT] = rows[:left]
    if not left:
        folder.write()
        header = ",".join(empty) + "\n"
        folder.tables.pop(ENROLLMENT)
        (folder.path / f"{ENROLLMENT}.csv").write_text(header)
    [refusal] = land().refusals
    share = 100 - left
    assert refusal.message == f"would end {share} of 100 rows ({share} %)"
    assert (refusal.reason_code, refusal.outcome) == ("volume.drop", "held")
    assert ask(f"select count(*) from landing.{ENROLLMENT}") == [(100,)]
    report = land(accept=(ENROLLMENT,))
    assert [r.table for r in report.accepted] == [ENROLLMENT]
    assert ask(f"select count(*) from landing.{ENROLLMENT}") == [(left,)]


def test_bi_118_children_stay_when_their_company_goes(folder: Folder, land: Land, ask: Ask) -> None:
    child = folder.add(ENROLLMENT, "child")
    land()
    companies: list[Row] = folder.tables["company"]
    folder.tables["company"] = [row for row in companies if row["id"] != COMPANY]
    land()
    assert ask(f"select id from landing.{ENROLLMENT}") == [(child["id"],)]
    assert ask("select id, _valid_to from history.company") == [(COMPANY, 2)]
    found = "select severity from landing.finding where reason_code = 'key.orphan' "
    assert ask(f"{found} and table_name = '{ENROLLMENT}' limit 1") == [(1,)]


def test_bi_057_064_065_a_declared_pattern_and_zone_are_applied(
    folder: Folder, land: Land, ask: Ask
) -> None:
    row = folder.add(
        ENROLLMENT,
        "row",
        coverage_start_date="02/03/2026",
        created_at="2026-03-08T02:30:00",
        updated_at="2026-11-01T01:30:00",
    )
    zone = 'timezone = "America/New_York"\n'
    land(f'{zone}[tables.{ENROLLMENT}]\ndates = {{coverage_start_date = "MM/DD/YYYY"}}\n')
    columns = ("coverage_start_date", "created_at", "updated_at")
    shown = ", ".join(f"cast({column} as varchar)" for column in columns)
    assert ask(f"select {shown} from landing.{ENROLLMENT} where id = '{row['id']}'") == [
        ("2026-02-03", "2026-03-08 07:30:00", "2026-11-01 05:30:00")
    ]
    codes = {str(code) for (code,) in ask("select reason_code from landing.finding")}
    assert {"time.nonexistent_local", "time.ambiguous_local"} <= codes
    assert rejected(ask) == {}


def test_bi_059_an_end_of_all_days_that_is_declared_open_is_empty(
    folder: Folder, land: Land, ask: Ask
) -> None:
    folder.add(ENROLLMENT, "open", coverage_end_date="9999-12-31")
    land(f'[tables.{ENROLLMENT}.values]\ncoverage_end_date = {{"9999-12-31" = ""}}\n')
    assert ask(f"select coverage_end_date from landing.{ENROLLMENT}") == [(None,)]
    assert ("value.mapped",) in ask("select reason_code from landing.finding")


def test_bi_136_a_dependent_whose_number_is_no_text_is_not_trusted(
    folder: Folder, land: Land, ask: Ask
) -> None:
    row = folder.add(ENROLLMENT, "row", dependents='[{"first_name": "A", "ssn": 12345678}]')
    land()
    assert ask(f"select id from landing.{ENROLLMENT}") == [(row["id"],)]
    assert ask(
        "select severity, company_id from landing.finding where reason_code = 'value.ssn_format'"
    ) == [(1, COMPANY)]
