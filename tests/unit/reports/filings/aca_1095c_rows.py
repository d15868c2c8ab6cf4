"""Rows of one recipient of Form 1095-C, and the document built of them."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
from pypdf import PdfReader

from reports.filings.aca_1095c.report import CODE, COVERED, RECIPIENT, REPORT, WORK
from reports.model import Document, Facts, FormPages, ReportRequest
from reports.render import render

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FACTS = Facts("c", "Tern Hollow Lumber", "000000101", "7c1e04b9ff", date(2024, 12, 31), "A", True)
REQUEST = ReportRequest("c", date(2024, 12, 31), tax_year=2024)
KEYS: dict[str, Any] = {
    "company_id": "c", "employee_id": "e1", "tax_year": 2024, "ein": "000000101",
    "employee_number": "T-1",
}  # fmt: skip
PERSON: dict[str, Any] = {
    **KEYS, "form": "1095-C", "is_specimen": True, "first_name": "Marisol", "middle_initial": "Q",
    "last_name": "Okonkwo", "suffix": None, "ssn": "900-12-0142", "street": "12 Sawmill Road",
    "city": "Tern Hollow", "state": "OR", "country_and_zip": "97301",
    "employer_name": "Tern Hollow Lumber", "employer_ein": "00-0000101",
    "employer_street": "400 Millrace Way", "employer_phone": "503-555-0100",
    "employer_city": "Tern Hollow", "employer_state": "OR", "employer_country_and_zip": "97301",
    "plan_start_month": "01", "is_self_insured": False,
}  # fmt: skip
TEXT = {"middle_initial", "suffix", "ssn", "street", "plan_start_month"}


def code(month: int, line_14: str | None = "1E", line_15: str | None = "98.00",
         line_16: str | None = "2C", **more: Any) -> dict[str, Any]:  # fmt: skip
    """One month of codes."""
    return {
        **KEYS, "month": month, "employed": True, "full_time": True, "lnap": False, "lnap_id": None,
        "line_14": line_14, "line_15": None if line_15 is None else Decimal(line_15),
        "line_16": line_16, "line_17": None, "plan_start_month": "01", "age": None,
        "rule_14": "L14-06", "rule_15": "L15-02", "rule_16": "L16-03", "form": "1095-C",
        "unknown_reason": None, "computed_14": line_14, "computed_16": line_16,
        "is_line_14_unknown": False, "is_line_15_unknown": False, "is_line_16_unknown": False,
        "is_plan_start_unknown": False, **more,
    }  # fmt: skip


def covered(position: int, **more: Any) -> dict[str, Any]:
    """One covered individual, all year."""
    return {
        **KEYS, "form": "1095-C", "position": position, "is_employee": position == 1,
        "first_name": f"Given{position}", "middle_initial": None, "last_name": f"Family{position}",
        "suffix": None, "ssn": f"900-12-{position:04d}", "date_of_birth": None, "is_all_year": True,
        **{f"is_{month}": True for month in MONTHS}, "is_recipient": position == 1,
        "origin_code": None, "open_reason": None, "unknown_reason": None, "owner": None, **more,
    }  # fmt: skip


def item(**more: Any) -> dict[str, Any]:
    """One work item."""
    return {
        **KEYS, "box": "line 16", "first_month": 9, "last_month": 10, "month_count": 2,
        "refusal_id": "response_missing", "missing": "benefit_offer.response",
        "words": "no response stands against the offer", "owner": "Benefits", **more,
    }  # fmt: skip


def frame(rows: list[dict[str, Any]], example: dict[str, Any]) -> pl.DataFrame:
    """Rows as they come out of the snapshot: typed even where empty."""
    kinds: dict[type, Any] = {
        str: pl.String,
        int: pl.Int32,
        bool: pl.Boolean,
        Decimal: pl.Decimal(12, 2),
    }
    schema = {
        name: pl.Date if name == "date_of_birth" else pl.Decimal(12, 2) if name == "line_15"
        else pl.Int32 if name == "age" else kinds.get(type(value), pl.String)
        for name, value in example.items()
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema)


def built(
    people: list[dict[str, Any]] | None = None,
    codes: list[dict[str, Any]] | None = None,
    individuals: list[dict[str, Any]] | None = None,
    items: list[dict[str, Any]] | None = None,
    request: ReportRequest = REQUEST,
) -> Document:
    """The document over such rows."""
    rows = {
        RECIPIENT: frame([PERSON] if people is None else people, PERSON),
        CODE: frame([code(m) for m in range(1, 13)] if codes is None else codes, code(1)),
        COVERED: frame(individuals or [], covered(1)),
        WORK: frame(items or [], item()),
    }
    return REPORT.build(rows, request, FACTS)


def pages_of(document: Document) -> FormPages:
    """The drawn forms of the document."""
    return next(block for block in document.blocks if isinstance(block, FormPages))


def text_of(document: Document) -> list[str]:
    """The text of each PDF page."""
    content = render(document, "pdf")[0].content
    return [" ".join(p.extract_text().split()) for p in PdfReader(io.BytesIO(content)).pages]
