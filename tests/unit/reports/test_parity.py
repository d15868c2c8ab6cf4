"""The five formats of one document, read back, hold the same cells; and the same bytes each time.

The declared projection (see `reports.render.cells`): every table, field and row in order. What a
format cannot show apart (CSV: a blank and an unknown) is stated where it is compared.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from lxml import etree
from openpyxl.utils.escape import unescape
from pypdf import PdfReader

from reports.model import DATA_FORMATS, Cell, Field, Format, Table
from reports.render import render
from reports.render.pdf_columns import shown
from tests.unit.reports.documents import SMALL, TABLE, document

MISSING = {"unknown", "suppressed", "not_applicable", "blank"}
Row = list[tuple[Cell, str]]


def expected(table: Table) -> list[Row]:
    """The projection, worked out cell by cell in plain Python: value and meaning."""
    return [
        [_expected_cell(field, record) for field in table.fields]
        for record in table.frame.iter_rows(named=True)
    ]


def _expected_cell(field: Field, record: dict[str, Any]) -> tuple[Cell, str]:
    value = record[field.name]
    if value is not None:
        return value, ""
    reason = record[field.reason] if field.reason else None
    if reason and reason.startswith("suppressed"):
        return None, "suppressed"
    return None, "unknown" if reason else field.null


def _content(format: Format, *blocks: object) -> bytes:
    (file,) = render(document(*blocks), format)
    return file.content


def typed(field: Field, text: str) -> Cell:
    """Canonical text as a value."""
    if field.type == "date":
        return date.fromisoformat(text)
    if field.type == "boolean":
        return {"true": True, "false": False}[text]
    if field.type in ("text", "identifier"):
        return text
    return int(text) if field.type == "integer" else Decimal(text)


@pytest.mark.parametrize("table", [TABLE, SMALL], ids=lambda table: table.name)
class TestParity:
    """Each format against the projection."""

    def test_csv(self, table: Table) -> None:
        text = _content("csv", table).decode("utf-8")
        assert "\n" not in text.replace("\r\n", "").replace("lines\nand", "")
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        assert header == [field.name for field in table.fields]
        found = [
            [typed(f, cell) if cell else None for f, cell in zip(table.fields, row, strict=True)]
            for row in rows
        ]
        assert found == [[value for value, _ in row] for row in expected(table)]

    def test_json(self, table: Table) -> None:
        body = json.loads(_content("json", table), parse_float=Decimal)
        (found,) = body["tables"]
        rows = [
            [_json_cell(field, row[field.name]) for field in table.fields] for row in found["rows"]
        ]
        assert rows == expected(table)
        assert all(list(row) == [f.name for f in table.fields] for row in found["rows"])

    def test_xml(self, table: Table) -> None:
        root = etree.fromstring(_content("xml", table))
        rows = [
            [_xml_cell(field, cell) for field, cell in zip(table.fields, row, strict=True)]
            for row in root.iterfind("table/row")
        ]
        assert rows == expected(table)

    def test_xlsx(self, table: Table) -> None:
        book = openpyxl.load_workbook(io.BytesIO(_content("xlsx", table)))
        sheet = book[table.name.capitalize()]
        height = table.frame.height
        cells = sheet.iter_rows(min_row=4, max_row=3 + height, max_col=len(table.fields))
        rows = [
            [_xlsx_cell(field, cell) for field, cell in zip(table.fields, row, strict=True)]
            for row in cells
        ]
        assert rows == expected(table)
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)

    def test_pdf(self, table: Table) -> None:
        fragments = _fragments(_content("pdf", table))
        last = table.fields[-1]
        ending = f"{last.label}, {last.unit}" if last.unit else last.label
        position = next(n for n, text in enumerate(fragments, 1) if text.endswith(ending))
        for row in expected(table):
            for field, (value, meaning) in zip(table.fields, row, strict=True):
                word = _pdf_word(table, field, value, meaning)
                found = ""
                while len(found) < len(_squeezed(word)):
                    found += _squeezed(fragments[position])
                    position += 1
                assert found == _squeezed(word)


def _json_cell(field: Field, cell: Any) -> tuple[Cell, str]:
    if cell is None:
        return None, "blank"
    if isinstance(cell, dict):
        ((meaning, reason),) = cell.items()
        assert reason
        return None, meaning
    return (date.fromisoformat(cell) if field.type == "date" else cell), ""


def _xml_cell(field: Field, cell: etree._Element) -> tuple[Cell, str]:
    assert cell.tag == field.name
    if cell.text is not None:
        return typed(field, cell.text), ""
    return None, str(next(iter(cell.attrib), "blank"))


def _xlsx_cell(field: Field, cell: Any) -> tuple[Cell, str]:
    value = cell.value
    if value is None:
        return None, "blank"
    if field.type in ("text", "identifier"):
        assert cell.data_type in ("s", "inlineStr")
        is_word = cell.number_format == "General"
        return (None, value) if is_word else (unescape(value), "")
    if isinstance(value, str):
        if field.type == "date" and value != "–":
            return date.fromisoformat(value), ""
        return None, "not_applicable" if value == "–" else value
    if isinstance(value, datetime):
        return value.date(), ""
    if field.type == "boolean":
        assert isinstance(value, bool)
        return value, ""
    return (value if field.type == "integer" else Decimal(str(value))), ""


def _pdf_word(table: Table, field: Field, value: Cell, meaning: str) -> str:
    if value is None:
        return {"blank": "", "not_applicable": "–"}.get(meaning, meaning)
    scale = getattr(table.frame.schema[field.name], "scale", 0)
    return shown(field, value, scale)


def _fragments(content: bytes) -> list[str]:
    fragments: list[str] = []
    for page in PdfReader(io.BytesIO(content)).pages:
        page.extract_text(visitor_text=lambda text, *_: fragments.append(text.strip()))
    return [fragment for fragment in fragments if fragment]


def _squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_word_of_a_figure_is_rounded_only_by_its_declared_decimals() -> None:
    assert shown(Field("a", "A", "money", places=1), Decimal("-1234.25"), 2) == "−1,234.3"
    assert shown(Field("a", "A", "money"), Decimal("-1234.25"), 2) == "−1,234.25"
    assert shown(Field("a", "A", "percent", is_signed=True), Decimal("4.80"), 2) == "+4.80%"


_HASHES = """
import hashlib
from reports.model import DATA_FORMATS
from reports.render import render
from tests.unit.reports.documents import document
for format in DATA_FORMATS:
    for file in render(document(), format):
        print(file.name, hashlib.sha256(file.content).hexdigest())
"""


def test_two_processes_write_the_same_bytes() -> None:
    here = [
        f"{file.name} {hashlib.sha256(file.content).hexdigest()}"
        for format in DATA_FORMATS
        for file in render(document(), format)
    ]
    other = subprocess.run(
        [sys.executable, "-c", _HASHES],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "PYTHONPATH": ".", "PATH": ""},
    )
    assert other.stdout.splitlines() == here
