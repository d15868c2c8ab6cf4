"""Every bad file of the corpus, one in the place of a table each, all of them in one load."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import duckdb
import pytest

from expectations.contract import load_contracts
from tests.unit.warehouse.bad_inputs.file_cases import CASES, CLEAN, FileCase
from tests.unit.warehouse.bad_inputs.rows import Folder, Row, valid_row
from tests.unit.warehouse.conftest import no_judge
from warehouse.home import Home
from warehouse.landing.ingest import ingest
from warehouse.landing.report import LandingReport
from warehouse.settings import Run

MORE = {
    "notice_event": ("method",),
    "security_incident": ("state",),
    "plan_participant": ("employee_id",),
    "contribution_adjustment": ("updated_at",),
    "cobra_payment": ("amount",),
}


def _kept(row: Row, extra: Row) -> Row:
    """Return what the row says about the extra columns already."""
    return {name: row[name] for name in extra if name in row}


@dataclass(frozen=True)
class Loaded:
    """A landed folder of bad files that can be asked."""

    report: LandingReport
    connection: duckdb.DuckDBPyConnection

    def codes(self, relation: str, table: str) -> set[str]:
        """Return the reason codes said about a table."""
        column = "reason_code" if relation == "finding" else "reasons"
        found = self.connection.execute(
            f"select {column} from landing.{relation} where table_name = ?", [table]
        ).fetchall()
        if relation == "finding":
            return {str(code) for (code,) in found}
        return {reason.split(" ")[0] for (text,) in found for reason in json.loads(text)}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    base = tmp_path_factory.mktemp("files")
    contracts = load_contracts()
    folder = Folder(base / "source", contracts)
    settings = [f"[tables.{t}]\n{case.settings}" for t, case in CASES.items() if case.settings]
    source = folder.write("\n".join(settings))
    for table, case in CASES.items():
        rows = [valid_row(contracts[table], f"{table} {n}") for n in range(CLEAN)]
        extra = dict.fromkeys(MORE.get(table, ()), "")
        case.make(source / f"{table}.csv", [row | extra | _kept(row, extra) for row in rows])
    moment = datetime(2026, 7, 1, tzinfo=UTC)
    run = Run(date(2025, 6, 30), moment, "tester", Home(base / "home"), str(source))
    report = ingest(run, contracts, no_judge)
    with duckdb.connect(str(run.home.landing_file), read_only=True) as connection:
        yield Loaded(report, connection)


def cases(*outcomes: str) -> list[object]:
    """Return the cases of some outcomes as parameters, named as in the corpus."""
    return [
        pytest.param(table, case, id=case.name)
        for table, case in CASES.items()
        if case.outcome in outcomes
    ]


@pytest.mark.parametrize(("table", "case"), cases("refused"))
def test_a_file_that_is_not_what_it_says_is_refused_in_one_line(
    loaded: Loaded, table: str, case: FileCase
) -> None:
    [refusal] = [r for r in loaded.report.refusals if r.table == table]
    assert (refusal.reason_code, refusal.outcome) == (case.code, "refused")
    assert case.words in refusal.message
    assert "\n" not in refusal.line()
    assert len(refusal.line()) < 700
    assert loaded.report.tables[table].rows == 0


@pytest.mark.parametrize(("table", "case"), cases("aside"))
def test_a_bad_record_is_put_aside_and_its_neighbours_land(
    loaded: Loaded, table: str, case: FileCase
) -> None:
    assert loaded.codes("rejected", table) == {case.code}
    assert loaded.report.tables[table].rows == case.landed
    counted = loaded.connection.execute(
        "select received = landed + rejected from history.load_table where table_name = ?", [table]
    ).fetchall()
    assert counted == [(True,)]


@pytest.mark.parametrize(("table", "case"), cases("accepted", "noted"))
def test_a_file_that_is_only_unusual_lands_whole(
    loaded: Loaded, table: str, case: FileCase
) -> None:
    assert loaded.codes("rejected", table) == set()
    assert loaded.report.tables[table].rows == case.landed
    said = loaded.codes("finding", table) - {"drift.missing_optional"}
    if case.outcome == "accepted":
        assert said == set()
    else:
        assert case.code in said | loaded.codes("finding", table)


def test_nothing_else_is_refused(loaded: Loaded) -> None:
    wanted = {table for table, case in CASES.items() if case.outcome == "refused"}
    assert {refusal.table for refusal in loaded.report.refusals} == wanted


def test_a_cut_file_says_so(loaded: Loaded) -> None:
    assert "file.truncated" in loaded.codes("finding", "employment_period")
    assert "file.truncated_tail" in loaded.codes("finding", "plan_rate")


def test_a_huge_value_is_kept_short_with_its_length_and_hash(loaded: Loaded) -> None:
    [(raw,)] = loaded.connection.execute(
        "select row_json from landing.rejected where table_name = 'security_incident'"
    ).fetchall()
    assert len(raw) < 100_000
    assert "sha256" in raw


def test_a_record_in_another_encoding_is_kept_byte_by_byte(loaded: Loaded) -> None:
    [(raw,)] = loaded.connection.execute(
        "select row_json from landing.rejected where table_name = 'department'"
    ).fetchall()
    kept = json.loads(raw)
    assert b"Jos\xe9" in base64.b64decode(kept["raw_base64"])
    assert kept["detail"].startswith("byte ")


def test_a_date_of_the_other_calendar_is_the_same_day(loaded: Loaded) -> None:
    days = loaded.connection.execute(
        "select distinct cast(from_date as varchar) from landing.employee_address order by 1"
    ).fetchall()
    assert days == [("2024-02-29",), ("2025-01-01",)]


def test_a_value_a_program_worked_out_is_used(loaded: Loaded) -> None:
    amounts = loaded.connection.execute(
        "select distinct amount from landing.cobra_payment order by 1 desc"
    ).fetchall()
    assert str(amounts[0][0]) == "25.00"
