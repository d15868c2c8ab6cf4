"""Somebody else's forms as files: what is read, what is put aside with its row, what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from reports.errors import RequestError
from reports.filings.aca_audit.filed import CODE, COVERED, MONTH, TICKS, read_filed
from reports.given import Given

HEADER = "tax_year,ein,employee_number,month,line_14,line_15,line_16"
AIR = "urn:us:gov:treasury:irs:ext:aca:air:ty25"
RECORD = """<Form1095CUpstreamDetail><RecordId>{number}</RecordId><TaxYr>2024</TaxYr>
<EmployeeInfoGrp><OtherCompletePersonName><PersonFirstNm>Ada</PersonFirstNm>
<PersonLastNm>Quill</PersonLastNm></OtherCompletePersonName><irs:SSN>{ssn}</irs:SSN>
</EmployeeInfoGrp><StartMonthNumberCd>01</StartMonthNumberCd><EmployeeOfferAndCoverageGrp>
<MonthlyOfferCoverageGrp><JanOfferCd>1H</JanOfferCd><FebOfferCd>1E</FebOfferCd>
</MonthlyOfferCoverageGrp><MonthlyEmployeeRequiredContriGrp><FebruaryAmt>{amount}</FebruaryAmt>
</MonthlyEmployeeRequiredContriGrp><AnnualSafeHarborCd>2C</AnnualSafeHarborCd>
</EmployeeOfferAndCoverageGrp>{more}</Form1095CUpstreamDetail>"""
INDIVIDUAL = """<CoveredIndividualGrp><CoveredIndividualName><PersonFirstNm>{first}</PersonFirstNm>
<PersonLastNm>Quill</PersonLastNm></CoveredIndividualName>{number}{months}</CoveredIndividualGrp>"""


def written(folder: Path, name: str, text: str) -> Given:
    """Return what is read of a file with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_filed([path])


def csv_of(folder: Path, *rows: str, header: str = HEADER) -> Given:
    """Return what is read of a CSV file with these rows."""
    return written(folder, "theirs.csv", "\n".join((header, *rows)) + "\n")


def air(*records: str, before: str = "") -> str:
    """Return an AIR file of one employer with these records."""
    return f"""<?xml version="1.0"?>{before}
<n1:Form109495CTransmittalUpstream xmlns="{AIR}" xmlns:irs="urn:us:gov:treasury:irs:common"
 xmlns:n1="urn:us:gov:treasury:irs:msg:form1094-1095Ctransmitterupstreammessage">
<Form1094CUpstreamDetail><TaxYr>2024</TaxYr><EmployerInformationGrp>
<irs:EmployerEIN>900000001</irs:EmployerEIN></EmployerInformationGrp>
<ALEMemberInformationGrp><YearlyALEMemberDetail><MinEssentialCvrOffrCd>1</MinEssentialCvrOffrCd>
</YearlyALEMemberDetail><SeptALEMonthlyInfoGrp><ALEMemberFTECnt>7</ALEMemberFTECnt>
</SeptALEMonthlyInfoGrp></ALEMemberInformationGrp>{"".join(records)}
</Form1094CUpstreamDetail></n1:Form109495CTransmittalUpstream>"""


def test_rows_of_codes_are_read_as_they_stand(tmp_path: Path) -> None:
    given = csv_of(tmp_path, "2024,90-0000001,007,1,1e,98,2c", "2024,90-0000001,007,2,1H,,")
    first, second = given.frames[CODE].rows(named=True)
    assert (first["ein"], first["employee_number"], first["month"]) == ("900000001", "007", 1)
    assert (first["line_14"], first["line_15"], first["line_16"]) == ("1E", Decimal("98.00"), "2C")
    assert (second["line_14"], second["line_15"], second["line_16"]) == ("1H", None, None)
    assert given.eins == {"900000001"}
    assert given.unread == ()


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("24,900000001,7,1,1E,98.00,2C", "tax_year", "a year of four digits"),
        ("2024,90000001,7,1,1E,98.00,2C", "ein", "an EIN of nine digits"),
        ("2024,900000001,7,0,1E,98.00,2C", "month", "a month from 1 to 12"),
        ("2024,900000001,7,13,1E,98.00,2C", "month", "a month from 1 to 12"),
        ("2024,900000001,,1,1E,98.00,2C", "employee_number", "the number of an employee"),
        ("2024,900000001,7,1,1EE,98.00,2C", "line_14", "a code of two characters"),
        ('2024,900000001,7,1,1E,"1,098.00",2C', "line_15", "an amount such as 98.00"),
        ("2024,900000001,7,1,1E,98.001,2C", "line_15", "an amount such as 98.00"),
        ("2024,900000001,7,1,1E,-1,2C", "line_15", "an amount such as 98.00"),
        ("2024,900000001,7,1,1E,98.00", "the whole row", "6 cells where the header has 7"),
        ("2024,900000001,7,1,1E,98.00,2C,", "the whole row", "8 cells where the header has 7"),
    ],
)
def test_a_bad_row_is_put_aside_with_row_and_column(
    tmp_path: Path, row: str, column: str, why: str
) -> None:
    given = csv_of(tmp_path, row, "2024,900000001,8,1,1E,98.00,2C")
    (unread,) = given.unread
    assert (unread.file, unread.row, unread.column) == ("theirs.csv", 2, column)
    assert why in unread.why
    codes = given.frames[CODE]
    is_whose = column in ("tax_year", "ein", "month", "employee_number", "the whole row")
    assert codes["is_unread"].to_list() == ([False] if is_whose else [True, False])


def test_a_month_that_stands_twice_is_read_once_and_said(tmp_path: Path) -> None:
    row = "2024,900000001,7,1,1E,98.00,"
    given = csv_of(tmp_path, row + "2C", row + "2G")
    assert given.frames[CODE]["line_16"].to_list() == ["2C"]
    assert [(u.row, u.column) for u in given.unread] == [(3, "month")]


def test_months_of_the_transmittal_are_read_from_their_own_columns(tmp_path: Path) -> None:
    header = "tax_year,ein,month,mec_offer,full_time_count,total_employee_count"
    given = csv_of(tmp_path, "2024,900000001,1,true,60,70", "2024,900000001,2,No,,", header=header)
    months = given.frames[MONTH].select("mec_offer", "full_time_count", "total_employee_count")
    assert months.rows() == [(True, 60, 70), (False, None, None)]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "tax_year,ein,month\n", "column mec_offer is missing"),
        ("a.csv", HEADER.replace(",ein", "") + "\n", "row 1: column ein is missing"),
        ("a.csv", HEADER + ",line_14\n", "column line_14 stands twice"),
        ("a.csv", HEADER + "\n", "no row of it can be read"),
        ("a.csv", HEADER + "\nx,900000001,7,1,1E,,\n", "row 2: tax_year: it must be a year"),
        ("a.csv", HEADER + '\n2024,"900000001,7\n', "it cannot be read as CSV"),
        ("a.csv", "", "column tax_year is missing"),
        ("a.txt", "", "name a .csv or an .xml file"),
        ("a.xml", "<Form109495CTransmittalUpstream>", "it is not well-formed XML"),
        ("a.xml", "<a/>", "its first element is not Form109495CTransmittalUpstream"),
    ],
)
def test_a_file_of_no_layout_is_refused(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        written(tmp_path, name, text)


def test_bytes_that_are_no_utf_8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(HEADER.encode() + b"\n2024,900000001,Jos\xe9,1,1E,,\n")
    with pytest.raises(RequestError, match="is not UTF-8"):
        read_filed([path])


def test_records_of_an_air_file_are_read_with_their_months(tmp_path: Path) -> None:
    text = air(RECORD.format(number=1, ssn="900010001", amount="98.00", more=""))
    given = written(tmp_path, "theirs.xml", text)
    months = given.frames[CODE].sort("month").rows(named=True)
    assert [row["line_14"] for row in months[:3]] == ["1H", "1E", None]
    assert [row["line_15"] for row in months[:2]] == [None, Decimal("98.00")]
    assert {row["line_16"] for row in months} == {"2C"}
    assert (months[0]["ein"], months[0]["ssn"]) == ("900000001", "900010001")
    lines = given.frames[MONTH].sort("month").rows(named=True)
    assert {row["mec_offer"] for row in lines} == {True}
    assert [row["full_time_count"] for row in lines[7:10]] == [None, 7, None]


def test_a_bad_cell_of_a_record_marks_it_and_the_next_is_read(tmp_path: Path) -> None:
    bad = RECORD.format(number=1, ssn="900010001", amount="ninety", more="")
    text = air(bad, RECORD.format(number=2, ssn="900010002", amount="98.00", more=""))
    given = written(tmp_path, "theirs.xml", text)
    (unread,) = given.unread
    assert (unread.column, unread.row) == ("line_15", 8)
    assert "ninety" not in unread.line()
    unread_of = given.frames[CODE].select("ssn", "is_unread").unique().sort("ssn").rows()
    assert unread_of == [("900010001", True), ("900010002", False)]


def test_covered_individuals_of_a_record_are_read_with_their_months(tmp_path: Path) -> None:
    number = "<irs:SSN>900010001</irs:SSN>"
    year = "<CoveredIndividualAnnualInd>1</CoveredIndividualAnnualInd>"
    months = (
        "<CoveredIndividualMonthlyIndGrp><JanuaryInd>0</JanuaryInd><MayInd>1</MayInd>"
        "</CoveredIndividualMonthlyIndGrp>"
    )
    listed = (
        INDIVIDUAL.format(first="Ada", number=number, months=year),
        INDIVIDUAL.format(first="Bo", number="<BirthDt>2020-02-29</BirthDt>", months=months),
        INDIVIDUAL.format(first="Cy", number="<BirthDt>2020</BirthDt>", months=months),
    )
    record = RECORD.format(number=1, ssn="900010001", amount="98.00", more="".join(listed))
    given = written(tmp_path, "theirs.xml", air(record))
    ada, bo, cy = given.frames[COVERED].rows(named=True)
    assert (ada["ssn"], ada["is_all_year"], ada["ein"]) == ("900010001", True, "900000001")
    assert (bo["ssn"], bo["date_of_birth"], bo["is_all_year"]) == (None, date(2020, 2, 29), None)
    assert [name for name in TICKS if bo[name]] == ["is_may"]
    assert {ada["form_key"], bo["form_key"]} == set(given.frames[CODE]["form_key"])
    assert (cy["is_unread"], [u.column for u in given.unread]) == (True, ["date_of_birth"])
    assert not given.frames[CODE]["is_unread"].any()


def test_a_file_of_covered_individuals_is_told_by_its_months(tmp_path: Path) -> None:
    months = ",".join(TICKS)
    header = f"tax_year,ein,employee_number,last_name,{months}"
    given = csv_of(tmp_path, "2024,900000001,7,Quill,true" + 11 * ",", header=header)
    (row,) = given.frames[COVERED].rows(named=True)
    assert [row[name] for name in TICKS] == [True, *[None] * 11]
    assert (row["form_key"], row["ssn"], row["is_all_year"]) == ("7", None, None)
    with pytest.raises(RequestError, match="row 1: column is_dec is missing"):
        csv_of(tmp_path, header=header.replace(",is_dec", ""))


def test_a_document_type_and_its_entities_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("1E")
    bomb = '<!DOCTYPE x [<!ENTITY a "1E"><!ENTITY b "&a;&a;&a;&a;">]>'
    outside = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}">]>'
    for before in (bomb, outside, "<!DOCTYPE x>"):
        with pytest.raises(RequestError, match="it has a document type: not read"):
            written(tmp_path, "theirs.xml", air(before=before))


def test_elements_within_each_other_without_end_are_refused(tmp_path: Path) -> None:
    deep = "<a>" * 5000 + "</a>" * 5000
    with pytest.raises(RequestError, match="it is not well-formed XML"):
        written(tmp_path, "theirs.xml", air(deep))


def test_a_file_above_the_limit_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "theirs.xml"
    with path.open("wb") as file:
        file.truncate(129 * 1024**2)
    with pytest.raises(RequestError, match="at most 134,217,728 are read: split it"):
        read_filed([path])
