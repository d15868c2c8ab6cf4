"""Possible assessments as a report: totals, order, words, equal bytes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from reports.errors import RequestError
from reports.filings.aca_exposure.report import AMOUNTS, MONTH, NOTHING, PERSON, REPORT
from reports.model import Document, Facts, ReportRequest, Table
from reports.render import render

FACTS = Facts("c", "Tern Hollow Lumber", "000000101", "7c1e04b9ff", date(2024, 12, 31), "A", True)
REQUEST = ReportRequest("c", date(2024, 12, 31), tax_year=2024)
KEYS: dict[str, Any] = {"company_id": "c", "tax_year": 2024, "ein": "000000101"}


def month(number: int, low: str = "0.00", high: str = "371.67") -> dict[str, Any]:
    """One month in which (b) is possible."""
    return {
        **KEYS, "month": number, "mec_offer": True, "full_time_count": 60, "reduction": 30,
        "exposed_count": 1, "credit_exposed_count": 0, "unknown_count": 0, "margin_people": 3,
        "a_low": Decimal("0.00"), "a_high": Decimal("0.00"), "b_low": Decimal(low),
        "b_high": Decimal(high), "total_low": Decimal(low), "total_high": Decimal(high),
        "computed_total_low": Decimal(low), "computed_total_high": Decimal(high),
    }  # fmt: skip


def person(number: str, months: int, amount: str) -> dict[str, Any]:
    """One exposed employee."""
    return {
        **KEYS, "employee_id": number, "employee_number": number, "department_id": None,
        "department_name": None,
        "kind": "not_offered", "first_month": 1, "last_month": months, "month_count": months,
        "credit_month_count": 0, "b_at_most": Decimal(amount),
    }  # fmt: skip


def built(months: list[dict[str, Any]], people: list[dict[str, Any]]) -> Document:
    """The document over such rows."""
    kinds: dict[type, Any] = {bool: pl.Boolean, int: pl.Int32, Decimal: pl.Decimal(14, 2)}

    def frame(rows: list[dict[str, Any]], example: dict[str, Any]) -> pl.DataFrame:
        schema = {name: kinds.get(type(value), pl.String) for name, value in example.items()}
        return pl.DataFrame(rows, schema=schema)

    rows = {MONTH: frame(months, month(1)), PERSON: frame(people, person("T", 1, "0.00"))}
    return REPORT.build(rows, REQUEST, FACTS)


def test_the_year_is_the_sum_of_its_months_and_the_dearest_people_come_first() -> None:
    document = built(
        [month(2, "371.67"), month(1)], [person("T-1", 1, "371.67"), person("T-2", 2, "743.34")]
    )
    assert document.verdict == "$371.67 to $743.34 for the year, an estimate."
    months, people = document.blocks
    assert isinstance(months, Table)
    assert isinstance(people, Table)
    assert months.totals is not None
    assert [str(months.totals[name]) for name in AMOUNTS[-2:]] == ["371.67", "743.34"]
    assert people.frame["employee_number"].to_list() == ["T-2", "T-1"]


def test_a_year_without_exposure_and_one_known_to_the_cent_say_so() -> None:
    assert built([month(1)], []).verdict == "$0.00 to $371.67 for the year, an estimate."
    sure = {"total_low": Decimal("371.67"), "total_high": Decimal("371.67")}
    assert built([month(1) | sure], []).verdict == "$371.67 for the year, an estimate."
    none = {"total_low": Decimal("0.00"), "total_high": Decimal("0.00")}
    assert built([month(1) | none], []).verdict == "No month of the year is exposed."


def test_what_overrides_change_is_said() -> None:
    without = {"computed_total_high": Decimal("743.34")}
    document = built([month(1) | without, month(2)], [])
    assert "Without the overrides of people it would be $0.00 to $1,115.01." in document.lead
    assert "Without" not in built([month(1)], []).lead


def test_nothing_on_file_is_said() -> None:
    assert built([], []).verdict == NOTHING


def test_the_same_rows_give_the_same_bytes_in_every_format() -> None:
    months = [month(n) for n in range(1, 13)]
    people = [person("T-1", 2, "743.34"), person("T-2", 2, "743.34")]
    for kind in REPORT.formats:
        first = [(f.name, f.content) for f in render(built(months, people), kind)]
        again = [(f.name, f.content) for f in render(built(months[::-1], people[::-1]), kind)]
        assert first == again, kind


def test_it_needs_a_tax_year() -> None:
    with pytest.raises(RequestError, match="tax year"):
        REPORT.build({}, ReportRequest("c", date(2024, 12, 31)), FACTS)
