"""Wide lists on paper: the columns that stand there, what every part repeats, codes as words."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl.utils import get_column_letter
from pypdf import PdfReader

from expectations.contract import load_contracts
from reports.custom import custom_report
from reports.custom.catalogue import catalogue
from reports.errors import DeclarationError
from reports.model import Document, Field, ReportRequest, Table
from reports.registry import find
from reports.render import render
from reports.render.excel_rows import LINE_HEIGHT
from reports.render.excel_sheets import PAGE_WIDTH
from reports.render.excel_styles import ROW_HEIGHT
from reports.render.words import code_words
from tests.unit.reports.documents import COMPANY, FACTS, document

CENSUS = catalogue()["enrollment_census"]
ROW: dict[str, Any] = {
    "employee_number": "000083",
    "last_name": "Abernook",
    "first_name": "Alban",
    "employment_class": "full_time",
    "benefit_type": "ltd",
    "plan_name": "Summit Long Term Disability",
    "coverage_level": "Employee Only",
    "census_status": "covered",
    "covered_from": date(2024, 4, 1),
    "enrollment_number": "E-1",
    "total_amount": Decimal("26.50"),
    "amount_status": "measured",
}


def _census(*changes: dict[str, Any]) -> pl.DataFrame:
    kinds = {"money": pl.Decimal(18, 2), "date": pl.Date, "boolean": pl.Boolean}
    schema: dict[str, Any] = {
        name: kinds.get(f.type, pl.String) for name, f in CENSUS.fields.items()
    }
    empty = dict.fromkeys(schema)
    rows = [empty | ROW | change for change in changes]
    return pl.DataFrame(rows, schema={**schema, "amount_reason": pl.String})


def _document(*changes: dict[str, Any]) -> Document:
    request = ReportRequest(COMPANY, FACTS.as_of, period="2026-10")
    return find("enrollment_census").build({CENSUS.model: _census(*changes)}, request, FACTS)


def _pages(made: Document) -> list[str]:
    (file,) = render(made, "pdf")
    return [page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages]


def test_pending_enrollments_are_counted_apart() -> None:
    pending = {"census_status": "pending", "employee_number": "000084"}
    assert _document({}, {}, pending).verdict == (
        "2 enrollments of 1 person are covered on Oct 31, 2026; 1 is pending."
    )
    assert _document(pending).verdict == ("1 enrollment of 1 person is pending on Oct 31, 2026.")


def test_paper_has_the_columns_a_reader_needs_beside_each_other() -> None:
    (page,) = _pages(_document({}, {"plan_name": "Bluestem HDHP 3300"}))
    assert "part 1 of" not in page
    assert "9 more columns in the workbook" in page
    assert "Enrollment number" not in page
    assert "Summit Long Term Disability" in page
    assert "Bluestem HDHP 3300" in page


def test_the_other_formats_have_every_column() -> None:
    made = _document({})
    header = render(made, "csv")[0].content.decode().splitlines()[0].split(",")
    assert {"enrollment_number", "date_of_birth", "savings_amount"} <= set(header)
    assert header[:3] == ["employee_number", "last_name", "first_name"]
    book = openpyxl.load_workbook(io.BytesIO(render(made, "xlsx")[0].content))
    sheet = book["Enrollment census"]
    assert sheet.max_column == len(header)
    assert sheet.print_area == "'Enrollment census'!$A$1:$J$5"
    assert sheet.page_setup.fitToWidth == 1


def test_codes_are_words_for_people_and_codes_for_programs() -> None:
    made = _document({})
    book = openpyxl.load_workbook(io.BytesIO(render(made, "xlsx")[0].content))
    cells = {cell.value for row in book["Enrollment census"].iter_rows() for cell in row}
    assert {"Long-term disability", "Full time", "Covered", "Measured"} <= cells
    text = render(made, "csv")[0].content.decode()
    assert ",ltd," in text
    assert "Long-term" not in text
    row = json.loads(render(made, "json")[0].content)["tables"][0]["rows"][0]
    assert (row["employment_class"], row["benefit_type"]) == ("full_time", "ltd")


def test_every_code_of_the_contracts_reads_as_a_word() -> None:
    contracts = load_contracts()
    for table, column in (
        ("benefit_plan", "benefit_type"),
        ("employment_period", "employment_class"),
        ("employee", "worker_type"),
    ):
        for code in contracts[table].column(column).values:
            word = code_words(CENSUS.fields[column], code)
            assert "_" not in word
            assert word[0].isupper() or word[0].isdigit()


def test_each_part_of_a_wide_table_repeats_what_tells_rows_apart() -> None:
    names = ["number", "plan", *(f"column_{n}" for n in range(30))]
    frame = pl.DataFrame({name: [f"{name} value {row}" for row in "AB"] for name in names})
    fields = tuple(Field(name, name.replace("_", " ").title()) for name in names)
    pages = _pages(document(Table("wide", "Wide", fields, frame, key=("plan",))))
    text = " ".join(pages)
    assert text.count("plan value A") == 2
    assert text.count("column_3") == 2  # in its two rows, in one part only


def test_a_sheet_that_is_wide_by_its_headings_alone_prints_on_one_page() -> None:
    names = ["employee_number", *(f"a_rather_long_heading_{n}" for n in range(10)), "why"]
    frame = pl.DataFrame({n: ["1E" if n != "why" else "reason " * 20] for n in names})
    fields = tuple(Field(name, name.replace("_", " ").capitalize()) for name in names)
    made = document(Table("codes", "Codes", fields, frame, key=("employee_number",)))
    sheet = openpyxl.load_workbook(io.BytesIO(render(made, "xlsx")[0].content))["Codes"]
    widths = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, 13)]
    assert sheet.page_setup.fitToWidth == 1
    assert sum(widths) <= PAGE_WIDTH
    assert widths[-1] < 62  # the text gave way
    assert sheet.row_dimensions[4].height >= 4 * 13  # and takes the lines it then needs


def test_a_wide_sheet_without_a_choice_prints_on_several_pages_beside_each_other() -> None:
    names = ["number", *(f"column_{n}" for n in range(30))]
    frame = pl.DataFrame({name: ["a rather long value"] for name in names})
    fields = tuple(Field(name, name) for name in names)
    made = document(Table("wide", "Wide", fields, frame, key=("number",)))
    sheet = openpyxl.load_workbook(io.BytesIO(render(made, "xlsx")[0].content))["Wide"]
    assert sheet.page_setup.fitToWidth > 1
    assert sheet.print_title_cols == "$A:$A"


def test_the_day_on_the_cover_is_a_date() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(_document({}), "xlsx")[0].content))
    cover = {row[1].value: row[2] for row in book.worksheets[0].iter_rows(max_col=3)}
    assert cover["Data as of"].value == datetime.combine(FACTS.as_of, datetime.min.time())
    assert cover["Data as of"].number_format == "mmm d, yyyy"


def test_a_column_for_paper_must_be_shown() -> None:
    definition = {"dataset": "enrollment_census", "columns": ["plan_name"], "paper": ["last_name"]}
    with pytest.raises(DeclarationError, match="last_name is for paper but not among the columns"):
        custom_report(definition, "mine")


def test_what_paper_leaves_out_stands_last_in_the_workbook_and_is_not_printed() -> None:
    fields = (
        Field("year", "Year", "year", on_paper=False),
        Field("number", "Number"),
        Field("is_due", "Due", "boolean"),
    )
    frame = pl.DataFrame({"year": [2024], "number": ["7"], "is_due": [True]})
    made = document(Table("small", "Small", fields, frame))
    sheet = openpyxl.load_workbook(io.BytesIO(render(made, "xlsx")[0].content))["Small"]
    assert [cell.value for cell in sheet[3]] == ["Number", "Due", "Year"]
    assert [cell.value for cell in sheet[4]] == ["7", True, 2024]
    assert sheet["B4"].number_format == '"Yes";"Yes";"No"'
    assert sheet.print_area == "'Small'!$A$1:$B$4"
    header = render(made, "csv")[0].content.decode().splitlines()[0]
    assert header == "year,number,is_due"


def test_a_column_of_codes_is_as_wide_as_its_words() -> None:
    words = {"a": "agree: the month is assessable"}
    fields = (Field("answer", "Answer", words=words),)
    made = document(Table("coded", "Coded", fields, pl.DataFrame({"answer": ["a"]})))
    sheet = openpyxl.load_workbook(io.BytesIO(render(made, "xlsx")[0].content))["Coded"]
    assert sheet.column_dimensions["A"].width > len(words["a"])


def test_a_row_is_as_tall_as_its_longest_wrapped_text() -> None:
    frame = pl.DataFrame({"why": ["short", 150 * "x", None], "number": ["1", "2", "3"]})
    fields = (Field("why", "Why", null="blank"), Field("number", "Number"))
    made = document(Table("tall", "Tall", fields, frame))
    sheet = openpyxl.load_workbook(io.BytesIO(render(made, "xlsx")[0].content))["Tall"]
    assert sheet.row_dimensions[5].height == ROW_HEIGHT + 2 * LINE_HEIGHT  # three lines
    assert sheet.row_dimensions[4].height is sheet.row_dimensions[6].height is None


def test_a_wide_sheet_is_never_printed_below_eight_points() -> None:
    names = ["number", *(f"column_{n}" for n in range(30))]
    frame = pl.DataFrame({name: ["a rather long value"] for name in names})
    fields = tuple(Field(name, name) for name in names)
    made = document(Table("wide", "Wide", fields, frame, key=("number",)))
    sheet = openpyxl.load_workbook(io.BytesIO(render(made, "xlsx")[0].content))["Wide"]
    widths = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, 32)]
    pages = sheet.page_setup.fitToWidth
    assert sheet.print_area == "'Wide'!$A$3:$AE$4"
    assert sheet.oddHeader.left.text == "Wide"  # whole on every page, where column A would cut it
    assert sum(widths) + (pages - 1) * widths[0] <= pages * PAGE_WIDTH  # the key stands on each
