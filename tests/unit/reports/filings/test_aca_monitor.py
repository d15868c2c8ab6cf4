"""The monthly monitor as a report: order, words, what is not known, equal bytes."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from reports.filings.aca_monitor.report import CALM, MONTH, NOTHING, PERSON, REPORT
from reports.model import Document, Facts, ReportRequest
from reports.render import render

AS_OF = date(2024, 7, 15)
FACTS = Facts("c", "Tern Hollow Lumber", "000000101", "7c1e04b9ff", AS_OF, "A", True)
MONEY = pl.Decimal(14, 2)
PERSON_SCHEMA: dict[str, Any] = {
    **dict.fromkeys(("company_id", "employee_id", "ein", "employee_number", "kind"), pl.String),
    **{"urgency": pl.Int32, "since": pl.Date, "due_date": pl.Date, "days_left": pl.Int32},
    **{"month_count": pl.Int32, "unknown_reason": pl.String, "is_offered_then": pl.Boolean},
    **dict.fromkeys(("hours", "average_month_hours", "hours_to_full_time"), MONEY),
    **dict.fromkeys(("month_amount", "amount_so_far"), MONEY),
}
MONTH_SCHEMA: dict[str, Any] = {
    **{"company_id": pl.String, "tax_year": pl.Int32, "month": pl.Int32, "mec_offer": pl.Boolean},
    **dict.fromkeys(("full_time_count", "exposed_count", "unknown_count"), pl.Int32),
    **dict.fromkeys(("margin_people", "people_to_offer"), pl.Int32),
    **dict.fromkeys(("a_high", "b_high"), MONEY),
}


def person(number: str, urgency: int, kind: str, **more: Any) -> dict[str, Any]:
    amount = None if urgency == 4 else Decimal("371.67")
    own = dict.fromkeys(PERSON_SCHEMA) | {
        "company_id": "c", "employee_id": f"e{number}", "ein": "000000101",
        "employee_number": number, "urgency": urgency, "kind": kind, "since": date(2024, 1, 1),
        "month_count": 0, "month_amount": amount, "amount_so_far": amount and Decimal("0.00"),
    }  # fmt: skip
    return own | more


def built(people: list[dict[str, Any]], months: list[dict[str, Any]]) -> Document:
    rows = {
        PERSON: pl.DataFrame(people, schema=PERSON_SCHEMA),
        MONTH: pl.DataFrame(months, schema=MONTH_SCHEMA),
    }
    return REPORT.build(rows, ReportRequest("c", AS_OF), FACTS)


JUNE = dict.fromkeys(MONTH_SCHEMA) | {
    **{"company_id": "c", "tax_year": 2024, "month": 6, "mec_offer": False, "full_time_count": 60},
    **{"exposed_count": 5, "unknown_count": 0, "margin_people": -2, "people_to_offer": 2},
    **{"a_high": Decimal("7425.00"), "b_high": Decimal("0.00")},
}
OFFERED = JUNE | {"mec_offer": True, "a_high": Decimal("0.00"), "b_high": Decimal("1858.35")}
PEOPLE = [
    person("T-4", 3, "trending", due_date=date(2025, 1, 1)),
    person("T-3", 2, "offer_due", due_date=date(2024, 10, 1)),
    person("T-5", 4, "unknown", unknown_reason="hours_of_service: not loaded"),
    person("T-2", 2, "offer_due", due_date=date(2024, 9, 1)),
    person("T-1", 1, "not_offered", amount_so_far=Decimal("371.67")),
    person("T-0", 1, "not_offered", amount_so_far=Decimal("743.34")),
]


def test_the_dearest_stand_first_then_the_next_day_then_who_nears_full_time() -> None:
    document = built(PEOPLE, [JUNE])
    people = document.tables()[0].frame
    assert people["employee_number"].to_list() == ["T-0", "T-1", "T-2", "T-3", "T-4", "T-5"]
    assert document.verdict == (
        "2 full-time without protection, 2 offers due, 1 nearing full-time, 1 not known; "
        "column (a) is No: a month costs up to $7,425.00."
    )
    assert "Jul 15, 2024" in document.title


def test_nothing_watched_is_told_from_nobody_in_need() -> None:
    assert built([], []).verdict == NOTHING
    assert built([], [OFFERED]).verdict == CALM


def test_a_month_of_delay_is_b_of_each_but_never_more_than_a() -> None:
    tail = "1 nearing full-time, 1 not known: a month of delay costs up to $"
    assert tail + "1,486.68." in built(PEOPLE, [OFFERED]).verdict
    capped = OFFERED | {"b_high": Decimal("495.00")}
    assert tail + "1,238.34." in built(PEOPLE, [capped]).verdict
    unknown = JUNE | {"mec_offer": None, "b_high": Decimal("1858.35")}
    assert tail + "7,425.00." in built(PEOPLE, [unknown]).verdict


def test_a_column_a_of_no_is_told_though_nobody_needs_an_offer() -> None:
    assert built([], [JUNE]).verdict == (
        "0 full-time without protection, 0 offers due, 0 nearing full-time; "
        "column (a) is No: a month costs up to $7,425.00."
    )


def test_what_is_not_known_is_written_as_unknown_with_its_reason() -> None:
    (file,) = render(built(PEOPLE, [JUNE]), "json")
    row = json.loads(file.content)["tables"][0]["rows"][-1]
    unknown = {"unknown": "hours_of_service: not loaded"}
    assert (row["month_amount"], row["amount_so_far"]) == (unknown, unknown)


def test_the_same_rows_give_the_same_bytes_in_every_format() -> None:
    for kind in REPORT.formats:
        first = [(f.name, f.content) for f in render(built(PEOPLE, [JUNE]), kind)]
        again = [(f.name, f.content) for f in render(built(PEOPLE[::-1], [JUNE]), kind)]
        assert first == again, kind
