"""What each renderer promises beyond the cells: refusals, covers, charts, pages."""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from decimal import Decimal

import openpyxl
import polars as pl
import pytest
from lxml import etree
from pypdf import PdfReader

from reports.errors import DocumentError, RenderError
from reports.model import Document, Field, Format, Table, WorkItem
from reports.render import render
from tests.unit.reports.documents import CHART, METRICS, SMALL, TABLE, document


def _table(name: str, values: list[object], type: str = "text") -> Table:
    frame = pl.DataFrame({"value": values})
    return Table(name, name.title(), (Field("value", "Value", type),), frame)  # type: ignore[arg-type]


def _book(made: Document) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render(made, "xlsx")[0].content))


def _pdf(made: Document) -> PdfReader:
    return PdfReader(io.BytesIO(render(made, "pdf")[0].content))


@pytest.mark.parametrize("format", ["xml", "xlsx", "pdf"])
def test_a_control_character_is_refused_with_its_place(format: Format) -> None:
    made = document(_table("people", ["fine", "bad\x07"]))
    with pytest.raises(RenderError, match="table people, column value, row 2: a control"):
        render(made, format)


def test_json_and_csv_carry_a_control_character() -> None:
    made = document(_table("people", ["bad\x07"]))
    assert json.loads(render(made, "json")[0].content)["tables"][0]["rows"][0]["value"] == "bad\x07"
    assert b"bad\x07" in render(made, "csv")[0].content


def test_a_workbook_refuses_what_a_cell_cannot_keep() -> None:
    with pytest.raises(RenderError, match="more digits than a cell keeps"):
        render(document(_table("n", [Decimal("12345678901234.56")], "money")), "xlsx")
    with pytest.raises(RenderError, match="text longer than a cell holds"):
        render(document(_table("n", ["x" * 32_768])), "xlsx")


def test_pages_refuse_a_letter_without_a_glyph_instead_of_leaving_it_out() -> None:
    with pytest.raises(RenderError, match=r"no glyph for U\+4E2D"):
        render(document(_table("n", ["中"])), "pdf")


def test_binary_fractions_are_no_money() -> None:
    with pytest.raises(DocumentError, match="money cannot be a Float64 column"):
        render(document(_table("n", [1.5], "money")), "csv")


def test_a_document_without_a_table_has_no_csv() -> None:
    with pytest.raises(RenderError, match="no table"):
        render(document(METRICS), "csv")


def test_several_tables_are_several_csv_files_with_the_names_they_ask_for() -> None:
    named = dataclasses.replace(SMALL, file="F_5500.csv")
    names = [file.name for file in render(document(named, TABLE), "csv")]
    assert names == ["F_5500.csv", "sample_report-4c1b9e10-2026-10-people.csv"]


def test_a_block_for_other_formats_is_left_out() -> None:
    only = dataclasses.replace(SMALL, formats=("json",))
    assert len(json.loads(render(document(only, TABLE), "json")[0].content)["tables"]) == 2
    root = etree.fromstring(render(document(only, TABLE), "xml")[0].content)
    assert [table.get("name") for table in root.iterfind("table")] == ["people"]


def test_the_cover_states_source_and_links_every_sheet() -> None:
    book = _book(document())
    cover = book["Cover"]
    assert book.sheetnames[0] == "Cover"
    assert book.sheetnames[-1] == "Definitions"
    facts = {row[1].value: row[2].value for row in cover.iter_rows(min_row=8) if row[1].value}
    assert facts["Data quality"] == "B (A is best)"
    assert facts["Not measured"] == "Satisfaction"
    links = [cell.hyperlink.location for row in cover.iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]


def test_data_sheets_are_frozen_filtered_and_set_up_for_paper() -> None:
    sheet = _book(document())["People"]
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref == "A3:H8"
    assert sheet.print_title_rows == "$3:$3"
    assert not sheet.sheet_view.showGridLines
    assert sheet["A9"].value == "Total"
    assert sheet["D9"].value == -1234555.40
    assert sheet["D4"].font.color.rgb == "FFB42318"
    assert sheet["D5"].fill.patternType == "lightUp"


def test_the_workbook_has_a_native_chart_with_words_for_readers() -> None:
    (file,) = render(document(), "xlsx")
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
        chart = archive.read("xl/charts/chart1.xml").decode()
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert f'descr="{CHART.alt}"' in drawing
    assert "1D4F91" in chart
    assert "<legend>" not in chart


def test_sheet_names_are_short_unique_and_free_of_forbidden_signs() -> None:
    long = "cost: by/benefit [and] a very long name indeed"
    made = document(
        dataclasses.replace(SMALL, name=long + " one"),
        dataclasses.replace(SMALL, name=long + " two"),
    )
    names = _book(made).sheetnames[1:-1]
    assert len(set(names)) == 2
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_every_page_says_where_it_stands_and_where_its_numbers_come_from() -> None:
    many = dataclasses.replace(TABLE, frame=pl.concat([TABLE.frame] * 40))
    pages = [page.extract_text() for page in _pdf(document(many)).pages]
    assert len(pages) > 3
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert "Data version 7c1e04b9" in text
        assert "Employee number" in text or number == len(pages)
    assert "continued" in pages[1]


def test_pages_have_title_language_and_bookmarks() -> None:
    reader = _pdf(document())
    assert reader.metadata is not None
    assert reader.metadata.title == "Sample report"
    assert str(reader.root_object["/Lang"]) == "en-US"
    assert [entry.title for entry in reader.outline if not isinstance(entry, list)] == [
        "Verdict",
        CHART.title,
        SMALL.title,
        TABLE.title,
        "How to read it",
    ]


def test_markup_in_a_value_is_text() -> None:
    text = _pdf(document()).pages[-1].extract_text()
    assert "Plain <b>text</b> & nothing else." in text


def test_a_draft_is_marked_on_every_page_and_on_the_cover() -> None:
    item = WorkItem("SSN is missing", "No number on file", "Benefits Admin", "employee", "ssn")
    made = document(status="draft", work_items=(item,))
    for page in _pdf(made).pages:
        assert "DRAFT, NOT FOR FILING" in page.extract_text()
    book = _book(made)
    assert book["Cover"]["B5"].value == "DRAFT, NOT FOR FILING"
    assert book["Work list"]["A4"].value == "SSN is missing"


def test_a_table_wider_than_a_page_goes_on_in_bands_with_its_first_column() -> None:
    names = [f"column_{number:02}" for number in range(40)]
    frame = pl.DataFrame({name: [f"{name} value"] for name in names})
    fields = tuple(Field(name, name.replace("_", " ").title()) for name in names)
    text = "".join(
        p.extract_text() for p in _pdf(document(Table("w", "Wide", fields, frame))).pages
    )
    squeezed = "".join(text.split())
    assert all(f"{name}value" in squeezed for name in names)
    assert squeezed.count("column_00value") > 1


def test_a_row_longer_than_a_page_is_shown_whole() -> None:
    words = " ".join(f"w{number}" for number in range(6000))
    text = "".join(p.extract_text() for p in _pdf(document(_table("long", [words]))).pages)
    assert all(f"w{number}" in text for number in (0, 2999, 5999))


def test_an_empty_table_says_so() -> None:
    empty = dataclasses.replace(TABLE, frame=TABLE.frame.clear(), totals=None)
    assert "No rows" in _pdf(document(empty)).pages[0].extract_text()
    assert "There are no rows." in str(_book(document(empty))["People"]["A2"].value)
    assert render(document(empty), "csv")[0].content.count(b"\r\n") == 1
    assert json.loads(render(document(empty), "json")[0].content)["tables"][0]["rows"] == []
