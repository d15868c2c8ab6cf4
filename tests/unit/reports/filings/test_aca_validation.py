"""The checks' findings as a report: order, status, words, equal bytes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from reports.errors import RequestError
from reports.filings.aca_validation.report import CHECKED, CLEAN, FINDING, NOTHING, REPORT
from reports.model import Document, Facts, ReportRequest, Table
from reports.render import render

FACTS = Facts("c", "Tern Hollow Lumber", "000000101", "7c1e04b9ff", date(2024, 12, 31), "A", True)
REQUEST = ReportRequest("c", date(2024, 12, 31), tax_year=2024)
SCHEMA: dict[str, Any] = {
    "company_id": pl.String, "employee_id": pl.String, "tax_year": pl.Int32, "ein": pl.String,
    "employee_number": pl.String, "month": pl.Int32, "box": pl.String, "rule_id": pl.String,
    "severity": pl.String, "severity_order": pl.Int32, "line_14": pl.String,
    "line_15": pl.Decimal(12, 2), "line_16": pl.String, "message": pl.String,
    "suggested_fix": pl.String, "citation": pl.String,
}  # fmt: skip
ORDER = {"error": 1, "warning": 2, "notice": 3}


def finding(severity: str, rule: str, number: str | None, month: int | None) -> dict[str, Any]:
    """One finding."""
    return {
        "company_id": "c", "employee_id": number, "tax_year": 2024, "ein": "000000101",
        "employee_number": number, "month": month, "box": "line 16", "rule_id": rule,
        "severity": severity, "severity_order": ORDER[severity], "line_14": "1E",
        "line_15": Decimal("98.00"), "line_16": None, "message": "wrong", "suggested_fix": "mend",
        "citation": "instructions",
    }  # fmt: skip


EMPLOYER = pl.DataFrame(
    {"tax_year": [2024], "ein": ["000000101"], "employer_name": ["Tern Hollow"], "form_count": [61]}
)


def built(*rows: dict[str, Any], checked: pl.DataFrame = EMPLOYER) -> Document:
    """The document over such rows."""
    found = pl.DataFrame(list(rows), schema=SCHEMA)
    return REPORT.build({FINDING: found, CHECKED: checked}, REQUEST, FACTS)


def test_errors_come_first_and_make_it_a_draft() -> None:
    document = built(
        finding("notice", "M004", "T-1", 2),
        finding("error", "C010", "T-2", 3),
        finding("error", "C010", "T-2", 1),
        finding("warning", "C024", "T-1", 1),
        finding("error", "T001", None, None),
    )
    assert document.status == "draft"
    assert document.verdict == "3 errors, 1 warnings, 1 notices."
    table = document.blocks[0]
    assert isinstance(table, Table)
    shown = table.frame.select("rule_id", "month").rows()
    assert shown == [("C010", 1), ("C010", 3), ("T001", None), ("C024", 1), ("M004", 2)]


def test_warnings_alone_leave_it_final_and_nothing_found_is_said() -> None:
    assert built(finding("warning", "C024", "T-1", 1)).status == "final"
    assert built().verdict == CLEAN


def test_the_same_findings_give_the_same_bytes_in_every_format() -> None:
    rows = [finding("error", "C010", "T-2", month) for month in range(1, 13)]
    for kind in REPORT.formats:
        first = [(f.name, f.content) for f in render(built(*rows), kind)]
        again = [(f.name, f.content) for f in render(built(*rows[::-1]), kind)]
        assert first == again, kind


def test_it_needs_a_tax_year() -> None:
    with pytest.raises(RequestError, match="tax year"):
        REPORT.build({}, ReportRequest("c", date(2024, 12, 31)), FACTS)


def test_a_clean_year_is_told_from_one_in_which_nothing_was_checked() -> None:
    clean = built()
    assert clean.verdict == CLEAN
    assert [table.frame.height for table in clean.tables()] == [0, 1]
    [file] = render(clean, "csv")
    assert file.content.count(b"\r\n") == 1
    nothing = built(checked=EMPLOYER.clear())
    assert nothing.verdict == NOTHING
    assert not any(table.frame.height for table in nothing.tables())
