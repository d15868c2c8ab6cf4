"""Reading published rows: the pointer, the manifest, one company, one period, one viewer."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from reports.access.viewer import Viewer, nobody, operator
from reports.errors import AccessRefused, RequestError, SnapshotError
from reports.model import Document, Facts, Report, ReportRequest
from reports.snapshot import open_snapshot, period_end
from tests.unit.reports.snapshots import NORTH, SOUTH, publish

ROWS = (
    "create table reports.rpt_x__row as select * from (values "
    f"('{NORTH}', 2024, 'b'), ('{NORTH}', 2024, 'a'), ('{NORTH}', 2023, 'old'), "
    f"('{SOUTH}', 2024, 'theirs')) t(company_id, tax_year, value)"
)
REQUEST = ReportRequest(company_id=NORTH, as_of=date(2026, 11, 8), tax_year=2024)


def _build(rows: Mapping[str, pl.DataFrame], request: ReportRequest, facts: Facts) -> Document:
    raise NotImplementedError


REPORT = Report("x", "X", "dataset", ("rpt_x__row",), ("csv",), _build, "pii", "tax_year")


def test_rows_are_those_of_the_company_and_year_in_a_stable_order(tmp_path: Path) -> None:
    with open_snapshot(publish(tmp_path, ROWS)) as snapshot:
        frame = snapshot.rows(REPORT, REQUEST, operator())["rpt_x__row"]
    assert frame["value"].to_list() == ["a", "b"]


def test_a_viewer_of_another_company_or_of_aggregates_reads_nothing(tmp_path: Path) -> None:
    with open_snapshot(publish(tmp_path, ROWS)) as snapshot:
        for viewer in (nobody(), Viewer("a", frozenset({SOUTH}), "phi")):
            with pytest.raises(AccessRefused, match="may not see company"):
                snapshot.rows(REPORT, REQUEST, viewer)
        with pytest.raises(AccessRefused, match="pii data"):
            snapshot.rows(REPORT, REQUEST, Viewer("b", None, "aggregate"))


def test_facts_carry_version_day_grade_and_test_data(tmp_path: Path) -> None:
    with open_snapshot(publish(tmp_path)) as snapshot:
        facts, other = snapshot.facts(NORTH), snapshot.facts("90-0000002")
    assert (facts.data_version, facts.as_of, facts.grade) == ("7c1e04b9", date(2026, 11, 8), "B")
    assert facts.is_test_data
    assert not other.is_test_data
    assert other.grade == "not graded"


def test_what_a_company_does_not_say_is_named_and_never_taken_for_test_data(
    tmp_path: Path,
) -> None:
    change = "update marts.dim_company set is_active = {} where company_id = '{}'"
    unknown, closed = change.format("null", NORTH), change.format("false", SOUTH)
    unknown = unknown.replace("= null", "= null, is_test_data = null")
    with open_snapshot(publish(tmp_path, unknown, closed)) as snapshot:
        (company,) = snapshot.reporting_companies
        facts = snapshot.facts(NORTH)
    assert company.company_id == NORTH
    assert "company.is_active is empty" in company.doubt
    assert facts.is_test_data is False


def test_a_company_known_to_be_active_raises_no_doubt(tmp_path: Path) -> None:
    with open_snapshot(publish(tmp_path)) as snapshot:
        assert [company.doubt for company in snapshot.reporting_companies] == ["", ""]


def test_an_unknown_company_and_a_missing_model_are_named(tmp_path: Path) -> None:
    with open_snapshot(publish(tmp_path)) as snapshot:
        with pytest.raises(RequestError, match="'nowhere'"):
            snapshot.facts("nowhere")
        with pytest.raises(SnapshotError, match="no model rpt_x__row"):
            snapshot.rows(REPORT, REQUEST, operator())


def test_the_snapshot_is_read_only(tmp_path: Path) -> None:
    with open_snapshot(publish(tmp_path)) as snapshot, pytest.raises(duckdb.Error):
        snapshot._connection.execute("create table marts.mine as select 1")


def test_a_changed_manifest_is_refused(tmp_path: Path) -> None:
    home = publish(tmp_path)
    manifest = home / "published" / "7c1e04b9" / "manifest.json"
    manifest.write_text(manifest.read_text() + " ")
    with pytest.raises(SnapshotError, match="changed after publish"):
        open_snapshot(home)


def test_a_home_without_versions_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="run benefits run first"):
        open_snapshot(tmp_path)


def test_a_period_is_a_month_and_ends_on_its_last_day(tmp_path: Path) -> None:
    assert period_end("2024-02") == date(2024, 2, 29)
    for wrong in ("2024", "2024-13", "Feb 2024", "2024-02-01"):
        with pytest.raises(RequestError, match="month such as"):
            period_end(wrong)
    with open_snapshot(publish(tmp_path)) as snapshot, pytest.raises(RequestError):
        snapshot.rows(REPORT, dataclasses.replace(REQUEST, period="May"), operator())
