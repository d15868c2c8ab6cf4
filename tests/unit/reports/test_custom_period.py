"""A custom report and its period: what it is bound to, what it covers, and what it is called."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from reports.custom import custom_report
from reports.errors import DeclarationError, RequestError
from reports.model import ReportRequest
from reports.render import render
from tests.unit.reports.custom_cost import (
    BOUND,
    BY_CATEGORY,
    HEALTH,
    MANY,
    costs,
    leaf,
    made,
    rows_of,
)
from tests.unit.reports.documents import COMPANY, FACTS


@pytest.mark.parametrize(
    ("period", "cost", "words"),
    [
        ("2025-Q2", 2700, "April to June 2025"),
        ("2025-06", 900, "June 2025"),
        ("2025", 5400, "2025"),
    ],
)
def test_a_bound_report_shows_its_period_and_nothing_else(
    period: str, cost: int, words: str
) -> None:
    leaves = [leaf(HEALTH, MANY, month=month) for month in range(1, 7)]
    document = made(leaves, BY_CATEGORY | BOUND, period)
    assert costs(document) == {HEALTH: Decimal(cost)}
    assert document.subtitle == words
    assert f"for {words}" in document.verdict
    assert render(document, "csv")[0].name.endswith(f"-{period}.csv")


def test_a_period_with_missing_months_says_what_it_covers() -> None:
    document = made([leaf(HEALTH, MANY, month=5)], BY_CATEGORY | BOUND, "2025-Q2")
    assert document.notes == (
        ("Covers", "May 2025: there are no other rows in April to June 2025"),
    )


def test_a_report_that_is_not_bound_says_what_it_covers() -> None:
    leaves = [leaf(HEALTH, MANY, month=month) for month in (1, 2, 3)]
    document = made(leaves)
    assert document.subtitle == "January to March 2025"
    assert document.notes[0][1].startswith("January to March 2025, by its own filters")


def test_the_period_comes_from_the_request_alone() -> None:
    report = custom_report({"dataset": "benefit_cost", **BY_CATEGORY, **BOUND})
    assert report.period == "period"
    assert report.is_any_period
    leaves = rows_of([leaf(HEALTH, MANY)])
    given = {"period_start": "2020-01-01"}
    asked = ReportRequest(COMPANY, FACTS.as_of, period="2025-Q2", parameters=given)
    with pytest.raises(RequestError, match="period_start comes from the period asked for"):
        report.build(leaves, asked, FACTS)
    with pytest.raises(RequestError, match="period '2025-Q5': it must be"):
        report.build(leaves, ReportRequest(COMPANY, FACTS.as_of, period="2025-Q5"), FACTS)
    with pytest.raises(RequestError, match="'period_start' needs a value"):
        report.build(leaves, ReportRequest(COMPANY, FACTS.as_of), FACTS)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"filters": []}, "parameter period_end: no filter compares with it"),
        (
            {"parameters": {"period_start": {"type": "date", "default": "2025-01-01"}}},
            "without default",
        ),
        ({"dataset": "enrollment_census", "groups": ["plan_name"]}, "has no column"),
    ],
)
def test_what_is_wrong_with_a_period_is_one_line(changed: dict[str, Any], message: str) -> None:
    definition = {"dataset": "benefit_cost", **BY_CATEGORY, **BOUND, **changed}
    if message == "without default":
        definition["filters"] = BOUND["filters"][:1]
    with pytest.raises(DeclarationError, match=message):
        custom_report(definition)


def test_a_report_is_called_what_it_is_declared_as() -> None:
    definition = {"dataset": "benefit_cost", **BY_CATEGORY}
    assert custom_report(definition).name == "cost_by_category"
    assert custom_report(definition | {"name": "monday_costs"}).name == "monday_costs"
    document = made([leaf(HEALTH, MANY)], BY_CATEGORY | {"name": "monday_costs"})
    assert render(document, "xlsx")[0].name.startswith("monday_costs-")
