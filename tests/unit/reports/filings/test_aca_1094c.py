"""Form 1094-C from published rows: what is unknown, what the verdict says, equal bytes."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from reports.errors import RequestError
from reports.filings.aca_1094c.report import (
    DUE,
    EMPLOYER,
    MEMBER,
    MONTH,
    NOTHING,
    REPORT,
    SIZE,
    STATE,
)
from reports.model import Document, Facts, ReportRequest
from reports.render import render

FACTS = Facts("c", "Tern Hollow Lumber", "000000101", "7c1e04b9ff", date(2024, 12, 31), "A", True)
REQUEST = ReportRequest("c", date(2024, 12, 31), tax_year=2024)
KEYS: dict[str, Any] = {"company_id": "c", "tax_year": 2024, "ein": "000000101"}
WHY = "offers are not loaded"


def month(number: int, **more: Any) -> dict[str, Any]:
    """One month with everything known."""
    return {
        **KEYS, "month": number, "mec_offer": True, "full_time_count": 60,
        "total_employee_count": 72, "aggregated_group": False, "offered_count": 58,
        "not_offered_count": 2, "unknown_count": 0, "offer_pct": Decimal("96.66"),
        "unknown_reason": None, "is_mec_offer_unknown": False, "is_full_time_count_unknown": False,
        "is_total_employee_count_unknown": False, "is_aggregated_group_unknown": False, **more,
    }  # fmt: skip


def employer(**more: Any) -> dict[str, Any]:
    """The transmittal with everything known."""
    return {
        **KEYS, "employer_name": "Tern Hollow Lumber", "form_count": 61, "total_form_count": 61,
        "is_authoritative": True, "is_group_member": False, "is_qualifying_offer_method": False,
        "is_ninety_eight_percent_method": False, "total_count_day": "first_day",
        "is_total_count_day_assumed": True, "unknown_reason": None, "is_form_count_unknown": False,
        "is_group_member_unknown": False, **more,
    }  # fmt: skip


MEMBER_ROW: dict[str, Any] = {
    **KEYS, "position": 1, "member_name": "Tern Hollow Mill", "member_ein": "00-0000102",
    "month_count": 12, "average_full_time_count": Decimal("12.50"), "unknown_reason": None,
}  # fmt: skip


DUE_ROW: dict[str, Any] = {
    **KEYS, "duty": "furnish", "nominal_date": date(2025, 3, 2), "due_date": date(2025, 3, 3),
    "status": "final", "citation": "26 CFR 301.6056-1(g)(1)", "note": "January 31 and thirty days",
}  # fmt: skip
SIZE_ROW: dict[str, Any] = {
    **KEYS, "declared_status": "ale", "computed_status": "ale", "average_least": 61,
    "average_most": 61, "large_employer_size": 50, "months_above": 12, "status": "recalled",
    "citation": "26 CFR 54.4980H-2",
}  # fmt: skip
STATE_ROW: dict[str, Any] = {
    **KEYS, "state": "NJ", "who_files": "Whoever provides coverage", "what_is_filed": "Forms",
    "how_it_is_filed": "XML", "file_date": date(2025, 3, 31), "furnish_date": date(2025, 3, 3),
    "status": "final", "citation": "N.J.S.A. 54A:11-6", "note": "",
}  # fmt: skip


def built(
    months: list[dict[str, Any]], whole: dict[str, Any] | None, size: Any = None, **state: Any
) -> Document:
    """The document over such rows."""
    kinds: dict[type, Any] = {
        bool: pl.Boolean,
        int: pl.Int32,
        str: pl.String,
        date: pl.Date,
        Decimal: pl.Decimal(12, 2),
    }

    def frame(rows: list[dict[str, Any]], example: dict[str, Any]) -> pl.DataFrame:
        schema = {n: kinds.get(type(v), pl.String) for n, v in example.items()}
        return pl.DataFrame(rows, schema=schema)

    rows = {
        MONTH: frame(months, month(1)),
        EMPLOYER: frame([whole] if whole else [], employer()),
        MEMBER: frame([MEMBER_ROW] if whole else [], MEMBER_ROW),
        DUE: frame([DUE_ROW] if whole else [], DUE_ROW),
        SIZE: frame([SIZE_ROW | size] if size is not None else [], SIZE_ROW),
        STATE: frame([STATE_ROW | state] if whole else [], STATE_ROW),
    }
    return REPORT.build(rows, REQUEST, FACTS)


def test_a_known_year_is_final_and_says_what_column_a_says() -> None:
    document = built([month(n) for n in range(1, 13)], employer())
    assert document.status == "final"
    assert document.verdict == "Column (a) is Yes in all 12 months."
    short = [month(n, mec_offer=n != 5, offer_pct=Decimal("94.99")) for n in range(1, 13)]
    assert built(short, employer()).verdict == "Column (a) is No in 1 of 12 months."


def test_an_unknown_column_makes_it_a_draft_and_names_the_reason_in_its_cell() -> None:
    unknown = month(3, mec_offer=None, is_mec_offer_unknown=True, unknown_reason=WHY)
    document = built([month(1), month(2), unknown], employer())
    assert document.status == "draft"
    assert document.verdict == "Part III is undecided in 1 of 3 months."
    texts = b"\n".join(f.content for f in render(document, "csv")).decode()
    assert WHY in texts


def test_nothing_on_file_is_said() -> None:
    document = built([], None)
    assert document.verdict == NOTHING
    assert document.status == "final"


def test_the_same_rows_give_the_same_bytes_in_every_format() -> None:
    rows = [month(n) for n in range(12, 0, -1)]
    for kind in REPORT.formats:
        first = [(f.name, f.content) for f in render(built(rows, employer()), kind)]
        again = [(f.name, f.content) for f in render(built(rows[::-1], employer()), kind)]
        assert first == again, kind


def test_it_needs_a_tax_year() -> None:
    with pytest.raises(RequestError, match="tax year"):
        REPORT.build({}, ReportRequest("c", date(2024, 12, 31)), FACTS)


def test_the_months_stand_in_order_in_the_csv() -> None:
    files = render(built([month(n) for n in (2, 1, 3)], employer()), "csv")
    table = next(f for f in files if "months" in f.name)
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row["month"] for row in rows] == ["1", "2", "3"]
    assert rows[0]["offer_pct"] == "96.66"


def test_when_it_is_due_stands_beside_what_is_due() -> None:
    files = render(built([month(1)], employer()), "csv")
    texts = {file.name.rpartition("-")[2]: file.content.decode() for file in files}
    [duty] = csv.DictReader(io.StringIO(texts["due_dates.csv"]))
    assert (duty["duty"], duty["due_date"]) == ("furnish", "2025-03-03")
    [state] = csv.DictReader(io.StringIO(texts["states.csv"]))
    assert (state["state"], state["file_date"]) == ("NJ", "2025-03-31")


def test_a_state_whose_dates_are_not_on_file_says_so_and_invents_none() -> None:
    unknown = {"status": "unknown", "file_date": None, "note": "Dates of this year are not on file"}
    [file] = render(built([month(1)], employer(), **unknown), "json")
    assert b"Dates of this year are not on file" in file.content
    table = next(t for t in built([month(1)], employer(), **unknown).tables() if t.name == "states")
    assert table.frame["date_why"].to_list() == ["Dates of this year are not on file"]


@pytest.mark.parametrize(
    ("declared", "computed", "said"),
    [
        ("ale", "ale", ""),
        ("ale", None, ""),
        (
            "ale",
            "not_ale",
            "The workforce of 2023 makes the employer not large; declared is: large.",
        ),
        (
            "unknown",
            "ale",
            "The workforce of 2023 makes the employer large; declared is: not declared.",
        ),
        (None, "ale", "The workforce of 2023 makes the employer large; declared is: not declared."),
    ],
)
def test_a_size_that_speaks_against_the_declared_one_is_said(
    declared: str | None, computed: str | None, said: str
) -> None:
    size = {"declared_status": declared, "computed_status": computed}
    assert built([month(1)], employer(), size).lead == said
    assert built([], None, size).lead == said
