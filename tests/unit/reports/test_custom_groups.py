"""Groups of a custom report: who stands behind them, what their figures are, and for when."""

from __future__ import annotations

import calendar
import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import polars as pl
import pytest

from distribution.mail_numbers import with_numbers
from reports.custom import custom_report
from reports.dashboards.mail import mail_body
from reports.errors import DeclarationError, RequestError
from reports.model import Document, ReportRequest
from reports.render import render
from tests.unit.reports.documents import COMPANY, FACTS

HEALTH, LIFE, DENTAL = "Health Insurance", "Life Insurance", "Dental"
BOUND: dict[str, Any] = {
    "filters": [
        {"column": "analysis_date", "is": ">=", "parameter": "period_start"},
        {"column": "analysis_date", "is": "<=", "parameter": "period_end"},
    ],
    "parameters": {"period_start": {"type": "date"}, "period_end": {"type": "date"}},
}
BY_CATEGORY: dict[str, Any] = {
    "title": "Cost by category",
    "groups": ["cost_category"],
    "measures": [
        {"name": "cost", "label": "Cost", "of": "sum", "column": "cost_amount"},
        {
            "name": "variance",
            "label": "Over or under",
            "of": "sum",
            "column": "variance_amount",
        },
    ],
    "sort": [{"column": "cost", "descending": True}],
}
Leaf = tuple[str, str, int, str, list[str]]


def _leaf(
    category: str,
    people: Sequence[str],
    *,
    department: str = "d1",
    month: int = 6,
    status: str = "measured",
) -> Leaf:
    """A hundred dollars for each person, in one month of 2025."""
    return category, department, month, status, list(people)


def _rows(leaves: Sequence[Leaf]) -> dict[str, pl.DataFrame]:
    cells = [
        {
            "provider_config_id": None,
            "department_id": department,
            "cost_category": category,
            "benefit_type": category.split()[0],
            "analysis_date": date(2025, month, calendar.monthrange(2025, month)[1]),
            "cost_amount": Decimal(100 * len(people)),
            "cost_amount_status": status,
            "variance_amount": Decimal(-5),
            "variance_amount_status": "measured",
        }
        for category, department, month, status, people in leaves
    ]
    behind = [
        {
            "provider_config_id": None,
            "department_id": department,
            "cost_category": category,
            "benefit_type": category.split()[0],
            "person_key": person,
            "month_from": date(2025, month, 1),
            "month_to": date(2025, month, 1),
        }
        for category, department, month, _, people in leaves
        for person in people
    ]
    texts: dict[str, Any] = {"provider_config_id": pl.String}
    money: dict[str, Any] = {"cost_amount": pl.Decimal(12, 2), "variance_amount": pl.Decimal(12, 2)}
    return {
        "benefits_cost_analysis": pl.DataFrame(cells, schema_overrides=texts | money),
        "rpt_benefit_cost__person": pl.DataFrame(behind, schema_overrides=texts),
        "dim_metric": pl.DataFrame({"metric_id": ["people_covered"], "minimum_count": [5]}),
    }


def _made(
    leaves: Sequence[Leaf], definition: dict[str, Any] = BY_CATEGORY, period: str | None = None
) -> Document:
    report = custom_report({"dataset": "benefit_cost", **definition})
    return report.build(_rows(leaves), ReportRequest(COMPANY, FACTS.as_of, period=period), FACTS)


def _costs(document: Document) -> dict[str, Decimal | None]:
    frame = document.tables()[0].frame
    return dict(frame.select("cost_category", "cost").rows())


MANY, FEW = [f"p{n}" for n in range(9)], ["p0", "p1", "p2"]


def test_a_small_group_is_suppressed_with_the_next_smallest() -> None:
    found = _costs(_made([_leaf(HEALTH, MANY), _leaf(DENTAL, MANY[:6]), _leaf(LIFE, FEW)]))
    assert found == {HEALTH: Decimal(900), DENTAL: None, LIFE: None}


def test_four_people_are_too_few_and_five_are_enough() -> None:
    found = _costs(_made([_leaf(HEALTH, MANY), _leaf(LIFE, MANY[:5])]))
    assert found[LIFE] == Decimal(500)
    assert set(_costs(_made([_leaf(HEALTH, MANY), _leaf(LIFE, MANY[:4])])).values()) == {None}


def test_people_are_counted_once_however_many_months_they_cost() -> None:
    leaves = [_leaf(LIFE, FEW, month=month) for month in (1, 2, 3)] + [_leaf(HEALTH, MANY)]
    assert _costs(_made(leaves))[LIFE] is None
    changing = [_leaf(LIFE, [f"q{month}"], month=month) for month in range(1, 6)]
    assert _costs(_made([*changing, _leaf(HEALTH, MANY)]))[LIFE] == Decimal(500)


def test_two_small_groups_of_the_same_few_people_take_a_third_with_them() -> None:
    leaves = [_leaf(HEALTH, MANY), _leaf(LIFE, FEW), _leaf(DENTAL, FEW)]
    assert set(_costs(_made(leaves)).values()) == {None}
    others = [_leaf(HEALTH, MANY), _leaf(LIFE, FEW), _leaf(DENTAL, ["x", "y", "z"])]
    assert _costs(_made(others))[HEALTH] == Decimal(900)


def test_a_hidden_cell_cannot_be_worked_out_across_or_down() -> None:
    wide = BY_CATEGORY | {"groups": ["cost_category", "department_id"]}
    leaves = [
        _leaf(HEALTH, FEW),
        _leaf(HEALTH, MANY, department="d2"),
        _leaf(LIFE, MANY[:7]),
        _leaf(LIFE, MANY[:8], department="d2"),
        _leaf(DENTAL, MANY),
        _leaf(DENTAL, MANY, department="d2"),
    ]
    frame = _made(leaves, wide).tables()[0].frame.filter(pl.col("cost").is_null())
    hidden = set(frame.select("cost_category", "department_id").rows())
    assert (HEALTH, "d1") in hidden
    for category, department in hidden:
        assert sum(c == category for c, _ in hidden) > 1
        assert sum(d == department for _, d in hidden) > 1


def test_a_budget_without_people_is_shown() -> None:
    assert _costs(_made([_leaf(HEALTH, MANY), _leaf(LIFE, [])]))[LIFE] == Decimal(0)


def test_listed_leaves_are_suppressed_like_groups() -> None:
    listed = {
        "columns": ["cost_category", "cost_amount"],
        "measures": [{"name": "t", "of": "sum", "column": "cost_amount"}],
    }
    (table,) = _made([_leaf(HEALTH, MANY), _leaf(LIFE, FEW)], listed).tables()
    assert table.frame["cost_amount"].to_list() == [None, None]
    assert table.totals == {"cost_category": "Total", "cost_amount": Decimal(1200)}
    (alone,) = _made([_leaf(LIFE, FEW)], listed).tables()
    assert alone.totals is None


def test_no_format_carries_a_suppressed_figure() -> None:
    document = _made([_leaf(HEALTH, MANY), _leaf(LIFE, FEW)])
    assert document.verdict == (
        "Figures are suppressed: fewer than 5 people stand behind each row."
    )
    mailed = mail_body(with_numbers(document))
    for text in (mailed.text, mailed.html, mailed.subject, mailed.preheader):
        assert "900" not in text
        assert "300" not in text
        assert "\u22125" not in text
    assert "Fewer than 5 people" in mailed.text
    assert not mailed.images
    (csv_file,) = render(document, "csv")
    assert [row["cost"] for row in csv.DictReader(io.StringIO(csv_file.content.decode()))] == [
        "",
        "",
    ]
    cells = json.loads(render(document, "json")[0].content)["tables"][0]["rows"]
    assert cells[0]["cost"] == {"suppressed": "suppressed: fewer than 5 people"}
    book = openpyxl.load_workbook(io.BytesIO(render(document, "xlsx")[0].content))
    words = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "suppressed" in words
    assert 900 not in words
    assert 300 not in words


def test_one_modelled_part_makes_the_whole_modelled_everywhere() -> None:
    leaves = [_leaf(HEALTH, MANY), _leaf(HEALTH, MANY, month=5, status="modelled")]
    document = _made([*leaves, _leaf(LIFE, MANY[:6])])
    (table,) = document.tables()
    assert dict(table.frame.select("cost_category", "cost_status").rows()) == {
        HEALTH: "modelled",
        LIFE: "measured",
    }
    assert document.verdict == (
        "Cost is $2,400 (modelled) for May to June 2025; Health Insurance is $1,800 of it."
    )
    mailed = mail_body(with_numbers(document))
    assert mailed.subject == "Cost is $2,400 (modelled) for May to June 2025"
    assert "Health Insurance: $1,800 (modelled)." in mailed.text
    assert "Life Insurance: $600. " in mailed.text
    (file,) = render(document, "csv")
    header, first, *_ = csv.reader(io.StringIO(file.content.decode()))
    assert dict(zip(header, first, strict=True))["cost_status"] == "modelled"


def test_a_figure_over_or_under_shows_its_sign_in_the_mail() -> None:
    mailed = mail_body(with_numbers(_made([_leaf(HEALTH, MANY), _leaf(LIFE, MANY[:6])])))
    assert "Over or under \u2212$5" in mailed.text


def test_rows_the_mail_has_no_room_for_are_counted() -> None:
    by_month = BY_CATEGORY | {"groups": ["cost_category", "department_id"]}
    leaves = [_leaf(HEALTH, MANY, department=f"d{n:02}") for n in range(15)]
    mailed = mail_body(with_numbers(_made(leaves, by_month)))
    assert "3 more rows stand in the attached file" in mailed.text
    assert "3 more rows stand in the attached file" in mailed.html
    assert mailed.html.count('<th scope="row"') == 12


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
    leaves = [_leaf(HEALTH, MANY, month=month) for month in range(1, 7)]
    document = _made(leaves, BY_CATEGORY | BOUND, period)
    assert _costs(document) == {HEALTH: Decimal(cost)}
    assert document.subtitle == words
    assert f"for {words}" in document.verdict
    assert render(document, "csv")[0].name.endswith(f"-{period}.csv")


def test_a_period_with_missing_months_says_what_it_covers() -> None:
    document = _made([_leaf(HEALTH, MANY, month=5)], BY_CATEGORY | BOUND, "2025-Q2")
    assert document.notes == (
        ("Covers", "May 2025: there are no other rows in April to June 2025"),
    )


def test_a_report_that_is_not_bound_says_what_it_covers() -> None:
    leaves = [_leaf(HEALTH, MANY, month=month) for month in (1, 2, 3)]
    document = _made(leaves)
    assert document.subtitle == "January to March 2025"
    assert document.notes[0][1].startswith("January to March 2025, by its own filters")


def test_the_period_comes_from_the_request_alone() -> None:
    report = custom_report({"dataset": "benefit_cost", **BY_CATEGORY, **BOUND})
    assert report.period == "period"
    assert report.is_any_period
    leaves = _rows([_leaf(HEALTH, MANY)])
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
    document = _made([_leaf(HEALTH, MANY)], BY_CATEGORY | {"name": "monday_costs"})
    assert render(document, "xlsx")[0].name.startswith("monday_costs-")
