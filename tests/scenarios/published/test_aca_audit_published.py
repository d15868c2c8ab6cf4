"""Our own forms given back as somebody else's, whole and with line 16 blanked: both as files."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from cli.main import run as benefits
from tests.conftest import TAX_YEAR, Published

UNKNOWN = {"D24", "D50"}
NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
AMOUNTS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
AIR = "urn:us:gov:treasury:irs:ext:aca:air:ty24"
Row = dict[str, Any]


def report(published: Published, out: Path, name: str, *more: str) -> list[Path]:
    """Return the CSV files of a report of the published home, those with the main table."""
    call = ["report", name, "--home", str(published.home), "--tax-year", str(TAX_YEAR)]
    assert benefits([*call, "--format", "csv", "--out", str(out), *more]) in (0, 1)
    return sorted(out.glob(f"{name}-*.csv"))


def rows_of(published: Published, tmp_path: Path, name: str) -> list[Row]:
    """Return the rows of a report of every company."""
    rows: list[Row] = []
    for path in report(published, tmp_path / name, name):
        rows += csv.DictReader(path.open(encoding="utf-8", newline=""))
    return rows


@pytest.fixture
def codes(published: Published, tmp_path: Path) -> list[Row]:
    """Return the rows of `aca_codes` of every company."""
    return rows_of(published, tmp_path, "aca_codes")


@pytest.fixture
def covered(published: Published, tmp_path: Path) -> list[Row]:
    """Return the rows of `aca_part_iii` of every company."""
    return rows_of(published, tmp_path, "aca_part_iii")


def audited(published: Published, tmp_path: Path, *files: Path) -> list[Row]:
    """Return the differences of every company of the files."""
    given = [part for file in files for part in ("--file", str(file))]
    found = report(published, tmp_path / "audit", "aca_audit", *given)
    rows: list[Row] = []
    for path in found:
        if path.stem.endswith("differences"):
            rows += csv.DictReader(path.open(encoding="utf-8", newline=""))
    return rows


def written(rows: list[Row], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_our_own_forms_given_back_differ_nowhere(
    published: Published, tmp_path: Path, codes: list[Row], covered: list[Row]
) -> None:
    theirs = written(codes, tmp_path / "theirs.csv")
    found = audited(published, tmp_path, theirs, written(covered, tmp_path / "covered.csv"))
    assert {row["rule_id"] for row in found} <= UNKNOWN
    assert {row["dollars_high"] for row in found} <= {""}


def test_every_blanked_safe_harbor_is_found_and_nothing_else(
    published: Published, tmp_path: Path, codes: list[Row]
) -> None:
    harbors = [row for row in codes if row["line_16"] in ("2F", "2G", "2H")]
    assert harbors
    blanked = [row | {"line_16": ""} if row in harbors else row for row in codes]
    found = audited(published, tmp_path, written(blanked, tmp_path / "theirs.csv"))
    key = ("ein", "employee_number", "month")
    missed = [tuple(row[name] for name in key) for row in found if row["rule_id"] == "D01"]
    assert sorted(missed) == sorted(tuple(row[name] for name in key) for row in harbors)
    assert {row["rule_id"] for row in found} <= {"D01", *UNKNOWN}


def test_a_month_ticked_too_few_or_another_individual_is_found_and_nothing_else(
    published: Published, tmp_path: Path, codes: list[Row], covered: list[Row]
) -> None:
    theirs = written(codes, tmp_path / "theirs.csv")
    one = next(row for row in covered if row["form"] == "1095-C" and row["is_mar"] == "true")
    rest = [row for row in covered if row is not one]
    shorter = one | {"is_all_year": "false", "is_mar": "false"}
    other = one | {"first_name": "Nobody", "last_name": "Here", "ssn": "900-01-9999"}
    for row, told in ((shorter, [("D62", "3")]), (other, [("D60", ""), ("D61", "")])):
        listed = written([*rest, row], tmp_path / "covered.csv")
        rows = audited(published, tmp_path, theirs, listed)
        found = sorted((r["rule_id"], r["month"]) for r in rows if r["rule_id"] not in UNKNOWN)
        assert found == told
        who = {r["employee_number"] for r in rows if r["rule_id"] not in UNKNOWN}
        assert who == {one["employee_number"]}


def test_an_air_file_of_the_same_forms_differs_nowhere(
    published: Published, tmp_path: Path, codes: list[Row], covered: list[Row]
) -> None:
    ein = next(row["ein"] for row in covered if row["form"] == "1095-C")
    own = [row for row in codes if row["ein"] == ein and row["form"] == "1095-C"]
    with published.open() as snapshot:
        who = snapshot.where("rpt_aca_audit__person", {"ein": ein, "tax_year": TAX_YEAR}).to_dicts()
    people = {row["employee_number"]: row for row in who}
    records = [
        record(
            people[number],
            [row for row in own if row["employee_number"] == number],
            [row for row in covered if (row["ein"], row["employee_number"]) == (ein, number)],
        )
        for number in sorted({row["employee_number"] for row in own})
    ]
    path = tmp_path / "theirs.xml"
    path.write_text(air(ein.replace("-", ""), records), encoding="utf-8")
    found = audited(published, tmp_path, path)
    assert {row["rule_id"] for row in found} <= UNKNOWN


def record(person: Row, months: list[Row], listed: list[Row]) -> str:
    """Return one 1095-C record, each line by its months, with the individuals listed."""
    offers = _boxes(months, "line_14", [f"{name}OfferCd" for name in NAMES])
    amounts = _boxes(months, "line_15", [f"{name}Amt" for name in AMOUNTS])
    harbors = _boxes(months, "line_16", [f"{name}SafeHarborCd" for name in NAMES])
    places = _boxes(months, "line_17", [f"{name}ICHRAZipCd" for name in NAMES])
    return f"""<Form1095CUpstreamDetail><TaxYr>{TAX_YEAR}</TaxYr><EmployeeInfoGrp>
<OtherCompletePersonName><PersonFirstNm>{escape(person["first_name"])}</PersonFirstNm>
<PersonLastNm>{escape(person["last_name"])}</PersonLastNm></OtherCompletePersonName>
<irs:SSN>{(person["ssn"] or "").replace("-", "")}</irs:SSN></EmployeeInfoGrp>
<StartMonthNumberCd>{months[0]["plan_start_month"]}</StartMonthNumberCd>
<EmployeeOfferAndCoverageGrp><MonthlyOfferCoverageGrp>{offers}</MonthlyOfferCoverageGrp>
<MonthlyEmployeeRequiredContriGrp>{amounts}</MonthlyEmployeeRequiredContriGrp>
<MonthlySafeHarborGrp>{harbors}</MonthlySafeHarborGrp>
<MonthlyICHRAZipCdGrp>{places}</MonthlyICHRAZipCdGrp></EmployeeOfferAndCoverageGrp>
{"".join(individual(row) for row in listed)}</Form1095CUpstreamDetail>"""


def individual(row: Row) -> str:
    """Return one covered individual, each month by itself."""
    ticks = "".join(
        f"<{name}Ind>{int(row[f'is_{short.lower()}'] == 'true')}</{name}Ind>"
        for short, name in zip(NAMES, AMOUNTS, strict=True)
    )
    ssn = row["ssn"].replace("-", "")
    who = f"<irs:SSN>{ssn}</irs:SSN>" if ssn else f"<BirthDt>{row['date_of_birth']}</BirthDt>"
    return f"""<CoveredIndividualGrp><CoveredIndividualName>
<PersonFirstNm>{escape(row["first_name"])}</PersonFirstNm>
<PersonLastNm>{escape(row["last_name"])}</PersonLastNm></CoveredIndividualName>{who}
<CoveredIndividualMonthlyIndGrp>{ticks}</CoveredIndividualMonthlyIndGrp></CoveredIndividualGrp>"""


def _boxes(months: list[Row], line: str, elements: list[str]) -> str:
    filled = [(elements[int(row["month"]) - 1], row[line]) for row in months if row[line]]
    return "".join(f"<{name}>{value}</{name}>" for name, value in filled)


def air(ein: str, records: list[str]) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<n1:Form109495CTransmittalUpstream xmlns="{AIR}" xmlns:irs="urn:us:gov:treasury:irs:common"
 xmlns:n1="urn:us:gov:treasury:irs:msg:form1094-1095Ctransmitterupstreammessage">
<Form1094CUpstreamDetail><TaxYr>{TAX_YEAR}</TaxYr><EmployerInformationGrp>
<irs:EmployerEIN>{ein}</irs:EmployerEIN></EmployerInformationGrp>{"".join(records)}
</Form1094CUpstreamDetail></n1:Form109495CTransmittalUpstream>"""


def test_the_command_says_what_it_did_not_read(
    published: Published,
    tmp_path: Path,
    codes: list[Row],
    capsys: pytest.CaptureFixture[str],
) -> None:
    own = [row for row in codes if row["ein"] == codes[0]["ein"]]
    strange = own[0] | {"ein": "009999999"}
    path = written([*own, own[0] | {"month": "13"}, strange], tmp_path / "theirs.csv")
    call = ["report", "aca_audit", "--home", str(published.home), "--tax-year", str(TAX_YEAR)]
    call += ["--file", str(path), "--format", "csv", "--out", str(tmp_path / "out"), "--json"]
    capsys.readouterr()
    assert benefits(call) == 1
    said = json.loads(capsys.readouterr().out)
    row = len(own) + 2
    assert f"theirs.csv: row {row}: month: it must be a month from 1 to 12" in said["problems"]
    assert "the file also names 1 employers that are not in this data" in said["problems"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("aca_audit",), "aca_audit compares a file: name it with --file"),
        (("aca_codes", "--file", "x.csv"), "aca_codes reads no file beside the data"),
        (("aca_audit", "--file", "nowhere.csv"), "nowhere.csv: cannot be read"),
    ],
)
def test_a_wrong_call_is_one_line(
    published: Published,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    message: str,
) -> None:
    home = ("--home", str(published.home), "--tax-year", str(TAX_YEAR))
    assert benefits(["report", *arguments, *home]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1
