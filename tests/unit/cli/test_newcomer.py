"""A first hour: templates, a trial run, and a database whose columns have other names."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from cli.main import run as benefits
from expectations.contract import Contract, load_contracts
from tests.unit.warehouse import postgres_server
from tests.unit.warehouse.conftest import COMPANY, no_judge, run_of, uid, write_source
from tests.unit.warehouse.postgres_server import PASSWORD, PostgresServer
from warehouse.landing.ingest import ingest
from warehouse.sources.source_file import EXAMPLE, SourceSettings, read_settings
from warehouse.sources.suggest import SURE, similarity, suggest

postgres = postgres_server.postgres
FOREIGN = """
create schema payroll;
create table payroll.organizations (org_id uuid primary key, company_name text, fein text,
  active_flag boolean, is_test_data boolean, last_modified timestamp);
create table payroll.tbl_workers ("WorkerID" uuid primary key, org_id uuid, badge_no text,
  fname varchar(80), surname varchar(80), dob date, "SocialSecurityNumber" text, mystery text,
  last_modified timestamp);
create table payroll.lunch_menu (id int, dish text);
insert into payroll.organizations values ('{company}', 'Harbor Test', '001234567', true, true,
  '2024-01-01');
insert into payroll.tbl_workers values ('{employee}', '{company}', 'E1', 'Ann', 'Lee',
  '1980-02-03', '900-01-0001', 'x', '2024-01-01');
"""


def test_templates_hold_every_table_and_no_secret(tmp_path: Path) -> None:
    assert benefits(["init", "--out", str(tmp_path)]) == 0
    contracts = load_contracts()
    written = {path.stem for path in (tmp_path / "templates").glob("*.csv")}
    assert written == {t for t, c in contracts.items() if c.family in ("benefits", "hr")}
    header = (tmp_path / "templates" / "employee.csv").read_text().strip().split(",")
    required = {c.name for c in contracts["employee"].columns if c.required}
    assert set(header[: len(required)]) == required
    config = (tmp_path / "templates" / "benefits_provider_config.csv").read_text()
    assert "authentication_config" not in config


def test_the_settings_of_a_newcomer_change_nothing_until_a_mark_is_taken_away(
    tmp_path: Path,
) -> None:
    benefits(["init", "--out", str(tmp_path)])
    assert read_settings(tmp_path) == SourceSettings()
    lines = EXAMPLE.read_text().splitlines()
    used = [
        line[2:] for line in lines if line.startswith("# ") and (" = " in line or "# [" in line)
    ]
    (tmp_path / "source.toml").write_text("\n".join(used) + "\n")
    settings = read_settings(tmp_path)
    assert settings.timezone == "America/New_York"
    assert settings.table("employment_period").dates == {"start_date": "MM/DD/YYYY"}


def test_a_file_that_a_person_edited_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "source.toml").write_text('encoding = "cp1252"\n')
    assert benefits(["init", "--out", str(tmp_path)]) == 2
    assert "source.toml is there already" in capsys.readouterr().err
    assert not (tmp_path / "templates").exists()


def test_a_trial_says_what_is_bad_and_what_each_report_misses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_source(tmp_path / "source")
    path = source / "employee.csv"
    path.write_text(path.read_text().replace("900-01-0005", "canary-5"))
    home = tmp_path / "home"
    assert benefits(["check", "--source", str(source), "--home", str(home), "--json"]) == 1
    facts = json.loads(capsys.readouterr().out)
    [employee] = [t for t in facts["tables"] if t["table"] == "employee"]
    assert (employee["rejected"], employee["reasons"]) == (1, [["value.ssn_format ssn", 1]])
    [aca] = [f for f in facts["features"] if f["feature"] == "aca_1095c"]
    assert "benefit_offer" in aca["tables"]
    assert "employee.date_of_birth" in aca["columns"]
    assert "employee.ssn" not in aca["columns"]
    assert not home.exists()


def test_a_trial_of_one_report_is_readable_and_shows_no_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_source(tmp_path / "source")
    path = source / "employee.csv"
    path.write_text(path.read_text().replace("900-01-0005", "canary-5"))
    assert benefits(["check", "--source", str(source), "--report", "enrollment_census"]) == 1
    shown = capsys.readouterr().out
    assert "1 put aside: value.ssn_format ssn (1)" in shown
    assert "✗ enrollment_census" in shown
    assert "form_5500" not in shown
    assert "canary" not in shown
    assert max(len(line) for line in shown.splitlines()) <= 110


def test_a_report_nobody_knows_is_a_wrong_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_source(tmp_path / "source")
    assert benefits(["check", "--source", str(source), "--report", "w2"]) == 2
    assert "known are aca_1095c" in capsys.readouterr().err


@pytest.fixture(scope="module")
def contracts() -> dict[str, Contract]:
    return load_contracts()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("employee_number", "EmpNo"),
        ("date_of_birth", "dob"),
        ("ssn", "SocialSecurityNumber"),
        ("first_name", "fname"),
        ("updated_at", "last_modified"),
        ("coverage_start_date", "coverage_begin_date"),
        ("coverage_end_date", "covered_until"),
        ("start_date", "hired_on"),
        ("employee_contribution_amount", "ee_cost"),
    ],
)
def test_other_words_for_the_same_thing_are_known(ours: str, theirs: str) -> None:
    assert similarity(ours, theirs) >= SURE


@pytest.mark.parametrize(
    ("ours", "theirs"), [("first_name", "last_name"), ("start_date", "end_date"), ("ssn", "ein")]
)
def test_things_that_only_sound_alike_are_not_sure(ours: str, theirs: str) -> None:
    assert similarity(ours, theirs) < SURE


def test_our_own_names_are_found_again(contracts: dict[str, Contract]) -> None:
    schema = {t: {col.name: "text" for col in c.columns} for t, c in contracts.items()}
    guesses = {g.table: g for g in suggest(contracts, schema)}
    for table, guess in guesses.items():
        assert guess.relation == table
        assert guess.missing == ()
        assert all(pair.theirs == pair.ours for pair in guess.columns)


def test_a_view_made_for_us_goes_before_the_table_it_stands_for(
    contracts: dict[str, Contract],
) -> None:
    view = {c.name: "uuid" if c.type == "uuid" else "text" for c in contracts["employee"].columns}
    schema = {"employees": {"id": "int8", "emp_no": "text"}, "warehouse_employee": view}
    guess = {g.table: g for g in suggest(contracts, schema)}["employee"]
    assert (guess.relation, guess.missing) == ("warehouse_employee", ())
    assert guess.confidence >= SURE


def test_a_key_of_another_kind_is_said(contracts: dict[str, Contract]) -> None:
    schema = {"employees": {"id": "int8", "first_name": "text", "last_name": "text"}}
    [guess] = suggest(contracts, schema)
    [key] = [pair for pair in guess.columns if pair.ours == "id"]
    assert "a view must make a uuid of it" in key.note
    assert key.confidence < SURE


def test_a_foreign_database_lands_with_what_was_suggested(
    postgres: PostgresServer,
    contracts: dict[str, Contract],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    postgres.sql(FOREIGN.format(company=COMPANY, employee=uid(1)))
    monkeypatch.setenv("HR_PASSWORD", PASSWORD)
    home = tmp_path / "home"
    call = ["init", "--out", str(home), "--suggest", postgres.address, "--schema", "payroll"]
    assert benefits([*call, "--password-env", "HR_PASSWORD"]) == 0
    text = (home / "source.toml").read_text()
    assert tomllib.loads(text)["tables"]["employee"]["relation"] == "tbl_workers"
    assert "# No guess for: lunch_menu" in text
    assert "Harbor" not in text
    run = replace(run_of(home, tmp_path), source=postgres.address)
    report = ingest(run, contracts, no_judge)
    assert (report.rejected, report.refusals) == (0, ())
    with duckdb.connect(str(run.home.landing_file), read_only=True) as connection:
        [row] = connection.execute(
            "select employee_number, first_name, last_name, ssn, cast(date_of_birth as varchar) "
            "from landing.employee"
        ).fetchall()
    assert row == ("E1", "Ann", "Lee", "900010001", "1980-02-03")
