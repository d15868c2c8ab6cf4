"""The document of the executive page: what it says, withholds and adds up."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from reports.dashboards.executive import REPORT
from reports.dashboards.executive_rows import PREFIX
from reports.errors import RequestError
from reports.model import Chart, Document, Metric, Metrics, Table
from tests.unit.reports.dashboards.executive_sample import (
    document,
    frames,
    target,
    with_changes,
)

WITHOUT_BUDGET = {
    "budget_amount": None,
    "budgeted_cost_amount": None,
    "variance_amount": None,
    "budget_status": "absent",
}


def metrics(found: Document) -> dict[str, Metric]:
    block = next(block for block in found.blocks if isinstance(block, Metrics))
    return {metric.name: metric for metric in block.metrics}


def table(found: Document, name: str) -> Table:
    return next(t for t in found.tables() if t.name == name)


def test_five_to_seven_numbers_stand_under_the_verdict() -> None:
    assert 5 <= len(metrics(document())) <= 7


def test_exceptions_stand_above_breakdowns() -> None:
    names = [block.name for block in document().blocks]
    assert names.index("verdict") < names.index("attention") < names.index("cost_by_month_chart")
    assert names.index("attention") < names.index("cost_by_benefit_type")


def test_the_leading_number_is_cost_against_budget() -> None:
    leading = metrics(document())["total_benefits_cost"]
    assert leading.text == "$24.32M"
    assert leading.variance == Decimal("909400.00")
    assert leading.variance_text == "$909K (3.9%) over budget"
    assert leading.is_adverse is True


def test_a_variance_within_one_percent_is_neither_good_nor_bad() -> None:
    rows = with_changes("cost_month", budget_amount=Decimal("2431940"))
    rows = rows | {PREFIX + "cost_month": rows[PREFIX + "cost_month"]}
    leading = metrics(document(rows))["total_benefits_cost"]
    assert leading.variance == 0
    assert leading.is_adverse is False
    rows = with_changes("cost_month", budget_amount=Decimal("2420000"))
    assert metrics(document(rows))["total_benefits_cost"].is_adverse is None


@pytest.mark.parametrize(
    ("wanted", "direction", "words", "is_adverse"),
    [
        ("90", "up", "1.9 points above target", False),
        ("95", "up", "3.1 points below target", True),
        ("90", "down", "1.9 points above target", True),
        ("91", "up", "0.9 points above target", None),
        ("91.91", "up", "On target", False),
    ],
)
def test_a_target_is_met_missed_or_within_one_percent(
    wanted: str, direction: str, words: str, is_adverse: bool | None
) -> None:
    rows = frames() | {PREFIX + "target": target(wanted, direction)}
    found = metrics(document(rows))["benefits_participation_rate"]
    assert (found.variance_text, found.is_adverse) == (words, is_adverse)
    assert found.note == "0.7 points more than in Sep"


def test_a_number_without_target_shows_its_change_only() -> None:
    found = metrics(document())["people_covered"]
    assert (found.target, found.variance_text, found.note) == (None, "", "12 more than in Sep")


def test_without_a_budget_the_number_is_compared_with_last_year() -> None:
    found = document(with_changes("cost_month", **WITHOUT_BUDGET))
    leading = metrics(found)["total_benefits_cost"]
    assert leading.target is None
    assert leading.variance_text == "$1.83M (8.1%) more than a year ago"
    assert found.lead.endswith("No budget is loaded, so variance is not measured.")


def test_a_budget_of_a_part_is_compared_with_the_cost_of_that_part_only() -> None:
    rows = with_changes("cost_month", budgeted_cost_amount=Decimal("2400000"))
    found = document(rows)
    leading = metrics(found)["budgeted_cost"]
    assert leading.value == Decimal("24000000")
    assert leading.variance == leading.value - Decimal(leading.target or 0)
    assert found.verdict.startswith("Budgeted benefits cost is")
    assert dict(found.notes)["Budget"].startswith("Some cost has no budget")


def test_what_is_not_measured_says_why_and_what_it_needs() -> None:
    satisfaction = metrics(document())["employee_satisfaction_score"]
    assert (satisfaction.value, satisfaction.status) == (None, "not_measured")
    assert satisfaction.why_missing == "No survey covers the month"
    assert satisfaction.note == "Needs benefit_survey"
    assert "Employee satisfaction" in dict(document().notes)["Not measured"]


@pytest.mark.parametrize(
    ("offers", "why", "note"),
    [
        (5745, "No offer starts in October", "Loaded: 5,745 offers of other months"),
        (0, "No offer on record starts in the month", "Needs benefit_offer"),
    ],
)
def test_a_month_with_nothing_to_measure_is_not_a_missing_table(
    offers: int, why: str, note: str
) -> None:
    rows = with_changes("month", completion=None, offers_on_record=offers)
    trend = rows[PREFIX + "trend"]
    is_other = pl.col("metric_id") != "enrollment_completion_rate"
    rows[PREFIX + "trend"] = trend.filter(is_other)
    completion = metrics(document(rows))["enrollment_completion_rate"]
    assert (completion.value, completion.why_missing, completion.note) == (None, why, note)


def test_unknown_cost_names_the_missing_input() -> None:
    rows = with_changes(
        "month",
        cost_ytd=None,
        cost_ytd_status="not_measured",
        cost_gap_enrollments=12,
        cost_gap_input="pay_calendar.pay_date",
        cost_gap_inputs=2,
    )
    rows[PREFIX + "cost_month"] = with_changes("cost_month", **WITHOUT_BUDGET, cost_amount=None)[
        PREFIX + "cost_month"
    ]
    found = document(rows)
    leading = metrics(found)["total_benefits_cost"]
    assert leading.value is None
    assert leading.why_missing == "12 enrollment months have no cost"
    assert leading.note == "Needs pay_calendar.pay_date and 1 more"
    assert not any(b.name == "cost_by_month_chart" for b in found.blocks)


def test_a_modelled_cost_says_so() -> None:
    found = document(with_changes("month", cost_ytd_status="modelled"))
    assert metrics(found)["total_benefits_cost"].tag == "modelled"
    assert "premium-equivalent" in dict(found.notes)["Modelled"]


@pytest.mark.parametrize(("people", "is_hidden"), [(4, True), (5, False), (0, False)])
def test_a_company_below_the_minimum_shows_no_figure(people: int, is_hidden: bool) -> None:
    found = document(with_changes("month", people_covered_ytd=people))
    hidden = [m for m in metrics(found).values() if m.status == "suppressed"]
    assert bool(hidden) is is_hidden
    assert any(t.name == "cost_by_department" for t in found.tables()) is not is_hidden


def test_suppressed_groups_are_hidden_and_shown_together() -> None:
    rows = table(document(), "cost_by_department").frame
    hidden = rows.filter(pl.col("is_suppressed"))
    assert hidden["cost_amount"].null_count() == hidden.height == 2
    assert hidden["reason"].to_list() == ["suppressed: fewer than 5 people"] * 2
    assert "Executive Office and Legal together" in rows["item_name"].to_list()


@pytest.mark.parametrize("name", ["cost_by_benefit_type", "cost_by_department", "cost_by_provider"])
def test_parts_add_up_to_the_total(name: str) -> None:
    found = table(document(), name)
    parts = found.frame["cost_amount"].drop_nulls().to_list()
    assert sum(parts) == (found.totals or {})["cost_amount"]


def test_the_heading_of_a_table_speaks_of_its_own_columns() -> None:
    found = document()
    assert table(found, "cost_by_benefit_type").title == "Health is $858K of the $909K overrun"
    assert table(found, "cost_by_department").title.endswith("Engineering rose fastest")


def test_bad_data_quality_needs_attention_at_its_severity() -> None:
    rows = table(document(grade="F"), "attention").frame
    assert rows["severity"].to_list()[:2] == ["Critical", "Critical"]
    assert "Data quality is grade F (A is best)" in rows["item_name"].to_list()
    assert table(document(grade="B"), "attention").frame.height == 5


def test_nothing_open_is_said() -> None:
    rows = frames()
    rows[PREFIX + "attention"] = rows[PREFIX + "attention"].clear()
    assert table(document(rows), "attention").title == "Nothing needs attention"


def test_the_chart_has_words_and_a_table_with_its_numbers() -> None:
    found = document()
    chart = next(b for b in found.blocks if isinstance(b, Chart))
    assert chart.alt.startswith("Over budget every month since February: first Jan $2.29M")
    names = {field.name for field in table(found, chart.table).fields}
    assert {chart.category, *chart.series} <= names


def test_a_month_without_rows_is_an_error_that_names_it() -> None:
    rows = {name: frame.clear() for name, frame in frames().items()}
    with pytest.raises(RequestError, match="no covered month 2026-10"):
        document(rows)


def test_the_same_rows_give_the_same_document() -> None:
    first, second = document(), document()
    assert first.verdict == second.verdict
    assert [b.name for b in first.blocks] == [b.name for b in second.blocks]


def test_the_report_is_an_aggregate_of_one_month() -> None:
    assert (REPORT.sensitivity, REPORT.period, REPORT.kind) == ("aggregate", "period", "dashboard")
