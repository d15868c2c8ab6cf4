"""What landing does with good and bad files: each case is one a customer has sent."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.warehouse.conftest import COMPANY, EMPLOYEES, Lander, uid

Rows = Callable[[str], list[tuple[object, ...]]]
REASONS = "select row_number, reasons from landing.rejected order by row_number"


def edit(path: Path, old: str, new: str, count: int = 1) -> None:
    """Replace text in a file that must hold it."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, count))


def test_clean_rows_all_land(land: Lander) -> None:
    report = land()
    assert report.tables["employee"].rows == EMPLOYEES
    assert report.rejected == 0
    assert not report.refusals


def test_an_absent_file_is_unknown_and_a_header_only_file_is_empty(
    land: Lander, source: Path
) -> None:
    (source / "benefit_plan.csv").write_text("id,company_id,plan_name,plan_code,benefit_type\n")
    report = land()
    assert report.tables["benefit_plan"].state == "empty"
    assert report.tables["benefit_offer"].state == "absent"


def test_a_bad_uuid_is_quarantined_with_its_row_and_reason(
    land: Lander, source: Path, rows: Rows
) -> None:
    edit(source / "employee.csv", uid(3), "not-a-uuid")
    assert land().tables["employee"].rows == EMPLOYEES - 1
    assert rows(REASONS) == [(4, '["value.uuid id"]')]


def test_every_reason_of_a_row_is_kept(land: Lander, source: Path, rows: Rows) -> None:
    edit(source / "employee.csv", "E0005,First5,Last5,900-01-0005", ",First5,Last5,12345")
    land()
    [(_, reasons)] = rows(REASONS)
    assert "value.required employee_number" in str(reasons)
    assert "value.ssn_format ssn" in str(reasons)


def test_an_orphan_waits_in_quarantine_and_lands_when_its_parent_comes(
    land: Lander, source: Path, rows: Rows
) -> None:
    header = "id,employee_id,company_id,start_date,employment_class\n"
    lost = f"{uid(500)},{uid(99)},{COMPANY},2024-01-01,full_time\n"
    (source / "employment_period.csv").write_text(header + lost)
    assert land().tables["employment_period"].rows == 0
    assert rows(REASONS) == [(2, '["key.orphan employee_id"]')]
    with (source / "employee.csv").open("a") as stream:
        stream.write(f"{uid(99)},{COMPANY},E0099,Late,Comer,,\n")
    assert land().tables["employment_period"].rows == 1


def test_a_reference_to_another_company_is_refused(land: Lander, source: Path, rows: Rows) -> None:
    other = "22222222-2222-4222-8222-222222222222"
    with (source / "company.csv").open("a") as stream:
        stream.write(f"{other},Other Test,00-7654321,true,true\n")
    header = "id,employee_id,company_id,start_date,employment_class\n"
    crossed = f"{uid(500)},{uid(1)},{other},2024-01-01,full_time\n"
    (source / "employment_period.csv").write_text(header + crossed)
    land()
    assert rows(REASONS) == [(2, '["key.cross_company employee_id"]')]


def test_equal_rows_collapse_and_contradicting_ones_are_both_rejected(
    land: Lander, source: Path, rows: Rows
) -> None:
    lines = (source / "employee.csv").read_text().splitlines()
    lines += [lines[1], lines[2].replace("First2", "Other")]
    (source / "employee.csv").write_text("\n".join(lines) + "\n")
    assert land().tables["employee"].rows == EMPLOYEES - 1
    assert [r[1] for r in rows(REASONS)] == ['["key.conflict"]', '["key.conflict"]']


def test_the_newer_of_two_versions_wins_and_the_older_is_kept_aside(
    land: Lander, source: Path, rows: Rows
) -> None:
    lines = (source / "employee.csv").read_text().splitlines()
    lines.append(lines[1].replace("First1", "Renamed").replace("2024-01-01T", "2024-06-01T"))
    (source / "employee.csv").write_text("\n".join(lines) + "\n")
    land()
    assert rows(f"select first_name from landing.employee where id = '{uid(1)}'") == [("Renamed",)]
    assert rows("select count(*) from landing.rejected") == [(0,)]
    assert rows("select first_name, _valid_from, _valid_to from history.employee") == [
        ("First1", 1, 1)
    ]


def test_a_misfit_json_cell_is_emptied_and_its_row_lands(
    land: Lander, source: Path, rows: Rows
) -> None:
    plan = uid(700)
    (source / "benefit_plan.csv").write_text(
        "id,company_id,plan_name,plan_code,benefit_type,feature_codes\n"
        f'{plan},{COMPANY},Gold,G,health,"{{""a"": NaN}}"\n'
    )
    assert land().tables["benefit_plan"].rows == 1
    assert rows("select feature_codes from landing.benefit_plan") == [(None,)]
    [(kind, reasons)] = rows("select kind, reasons from landing.rejected")
    assert kind == "value"
    assert "json.number" in str(reasons)


def test_a_secret_is_never_landed_and_an_api_key_becomes_a_hash(
    land: Lander, source: Path, rows: Rows, tmp_path: Path
) -> None:
    """Case BI-140."""
    (source / "benefits_provider_config.csv").write_text(
        "id,company_id,provider_name,provider_code,authentication_config\n"
        f'{uid(800)},{COMPANY},Carrier,C1,"{{""password"": ""canary-7Q""}}"\n'
        f'broken,{COMPANY},Carrier,C2,"{{""password"": ""canary-8Q""}}"\n'
    )
    (source / "benefits_api_access.csv").write_text(
        "id,company_id,api_key,api_name,endpoint_url\n"
        f"{uid(801)},{COMPANY},canary-key-9Q,Key,https://api.example.invalid\n"
    )
    land()
    [(digest,)] = rows("select api_key_hash from landing.benefits_api_access")
    assert len(str(digest)) == 64
    landing = (tmp_path / "home" / "landing" / "operational.duckdb").read_bytes()
    assert b"canary-" not in landing


def test_a_short_record_is_quarantined_and_its_neighbours_land(
    land: Lander, source: Path, rows: Rows
) -> None:
    lines = (source / "employee.csv").read_text().splitlines()
    lines[5] = lines[5].rsplit(",", 2)[0]
    (source / "employee.csv").write_text("\n".join(lines) + "\n")
    assert land().tables["employee"].rows == EMPLOYEES - 1
    assert rows("select row_number, kind, reasons from landing.rejected") == [
        (6, "record", '["row.short"]')
    ]


def test_an_unclosed_quote_keeps_the_rest_as_one_block(
    land: Lander, source: Path, rows: Rows
) -> None:
    edit(source / "employee.csv", ",First28,", ',"First28,')
    assert land().tables["employee"].rows == EMPLOYEES - 3
    [(reasons, row)] = rows("select reasons, row_json from landing.rejected")
    assert reasons == '["row.unclosed_quote"]'
    assert "29-31" in str(row)


def test_mixed_line_ends_lose_no_row(land: Lander, source: Path) -> None:
    lines = (source / "employee.csv").read_text().splitlines()
    body = "".join(line + ("\r\n" if n % 2 else "\n") for n, line in enumerate(lines))
    (source / "employee.csv").write_bytes(body.encode())
    assert land().tables["employee"].rows == EMPLOYEES


def test_a_newline_inside_quotes_is_one_row(land: Lander, source: Path, rows: Rows) -> None:
    (source / "benefits_role_permission.csv").write_text(
        f'id,company_id,role_name,role_description\n{uid(600)},{COMPANY},Admin,"two\nlines"\n'
    )
    land()
    assert rows("select role_description from landing.benefits_role_permission") == [
        ("two\nlines",)
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (gzip.compress(b"id\n", mtime=0), "file.type"),
        (b"%PDF-1.7 rest", "file.type"),
        ("id,company_id\n".encode("utf-16"), "file.encoding"),
        (b"id;company_id;employee_number;first_name;last_name\n", "drift.header"),
        (b"id,id,company_id,employee_number,first_name,last_name\n", "drift.duplicate_column"),
        (b"id,company_id,first_name,last_name\n", "drift.missing_required"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_the_last_rows_stay(
    land: Lander, source: Path, content: bytes, code: str
) -> None:
    land()
    (source / "employee.csv").write_bytes(content)
    report = land()
    assert [(r.table, r.reason_code) for r in report.refusals] == [("employee", code)]
    assert report.tables["employee"].state == "held"
    assert report.tables["employee"].rows == EMPLOYEES
    assert report.tables["company"].state == "present"


SINCE = "select since from landing.table_state where table_name = 'employment_period'"


def employed_by(source: Path, company: str) -> None:
    """Give the first person a period of employment with a company."""
    header = "id,employee_id,company_id,start_date,employment_class\n"
    period = f"{uid(500)},{uid(1)},{company},2024-01-01,full_time\n"
    (source / "employment_period.csv").write_text(header + period)


def test_what_no_other_table_reads_leaves_the_words_about_other_tables(
    land: Lander, source: Path, rows: Rows
) -> None:
    employed_by(source, COMPANY)
    land()
    edit(source / "employee.csv", "First1,", "Renamed,")
    report = land()
    assert [t.table for t in report.tables.values() if t.is_touched and t.rows] == ["employee"]
    assert rows(SINCE) == [(1,)]


def test_a_person_who_moves_to_another_company_is_found_in_the_tables_below(
    land: Lander, source: Path, rows: Rows
) -> None:
    other = "22222222-2222-4222-8222-222222222222"
    with (source / "company.csv").open("a") as stream:
        stream.write(f"{other},Other Test,00-7654321,true,true\n")
    employed_by(source, COMPANY)
    land()
    edit(source / "employee.csv", f"{uid(1)},{COMPANY}", f"{uid(1)},{other}")
    report = land()
    assert report.tables["employment_period"].is_touched
    assert rows(SINCE) == [(2,)]
    found = "select table_name, column_name, row_count from landing.finding where severity = 1"
    assert rows(found) == [("employment_period", "employee_id", 1)]


def test_children_of_a_refused_file_land_and_are_checked_once_it_is_good(
    land: Lander, source: Path, rows: Rows
) -> None:
    good = (source / "employee.csv").read_bytes()
    (source / "employee.csv").write_bytes(b"")
    header = "id,employee_id,company_id,start_date,employment_class\n"
    known = f"{uid(500)},{uid(1)},{COMPANY},2024-01-01,full_time\n"
    lost = f"{uid(501)},{uid(99)},{COMPANY},2024-01-01,full_time\n"
    (source / "employment_period.csv").write_text(header + known + lost)
    report = land()
    assert [r.table for r in report.refusals] == ["employee"]
    assert report.tables["employment_period"].rows == 2
    (source / "employee.csv").write_bytes(good)
    assert land().tables["employment_period"].rows == 2
    orphans = "select row_count from landing.finding where reason_code = 'key.orphan'"
    assert rows(orphans) == [(1,)]


def test_a_link_is_refused_and_not_followed(land: Lander, source: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.csv").write_text("id\n")
    (source / "region.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert [r.reason_code for r in land().refusals] == ["file.symlink"]
