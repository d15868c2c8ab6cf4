"""Every pattern of the verdict and lead, on both sides of each threshold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal as D

import pytest

from reports.dashboards.verdict import Budget, Missing, Part, Standing, lead, verdict

BASE = Standing(
    period_end=dt.date(2026, 10, 31),
    cost_name="Total benefits cost",
    cost=D("24318400"),
    cost_year_before=D("22486200"),
    budget=Budget(D("24318400"), D("23410000"), is_whole=True),
    budget_missing="measured",
    people=2180,
    people_name="People covered",
    is_suppressed=False,
    minimum=5,
    largest_over=Part("Health", D("857600")),
    largest_rise=Part("Health", D("1530300")),
    open_findings=29,
    critical_findings=2,
    feeds_below=1,
    feeds_reported=4,
    is_feed_finding_open=False,
    grade="B",
)
UNBUDGETED = replace(BASE, budget=None, budget_missing="absent", largest_over=None)


def budgeted(cost: str, amount: str = "1000000", is_whole: bool = True) -> Standing:
    return replace(BASE, budget=Budget(D(cost), D(amount), is_whole))


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (BASE, "Total benefits cost is $908K (3.9%) over budget through October."),
        (budgeted("1010000.01"), "Total benefits cost is $10K (1.0%) over budget through October."),
        (
            budgeted("1010000"),
            "Total benefits cost is on budget through October: $10K (1.0%) over.",
        ),
        (
            budgeted("990000"),
            "Total benefits cost is on budget through October: $10K (1.0%) under.",
        ),
        (
            budgeted("989999.99"),
            "Total benefits cost is $10K (1.0%) under budget through October.",
        ),
        (budgeted("1000000"), "Total benefits cost is exactly on budget through October."),
        (budgeted("5000", "0"), "Total benefits cost is $5,000 over budget through October."),
        (
            budgeted("1100000", is_whole=False),
            "Budgeted benefits cost is $100K (10.0%) over budget through October.",
        ),
        (
            UNBUDGETED,
            "Total benefits cost is $24.32M through October, 8.1% more than a year ago.",
        ),
        (
            replace(UNBUDGETED, cost_year_before=D("24318401")),
            "Total benefits cost is $24.32M through October, the same as a year ago.",
        ),
        (
            replace(UNBUDGETED, cost_year_before=D("30000000")),
            "Total benefits cost is $24.32M through October, 18.9% less than a year ago.",
        ),
        (
            replace(UNBUDGETED, cost_year_before=None),
            "Total benefits cost is $24.32M through October.",
        ),
        (
            replace(UNBUDGETED, cost=None),
            "2,180 people are covered in October 2026; cost is not measured.",
        ),
        (
            replace(UNBUDGETED, cost=None, people=1),
            "1 person is covered in October 2026; cost is not measured.",
        ),
        (
            replace(UNBUDGETED, cost=None, people=None),
            "Cost and people covered are not measured for October 2026.",
        ),
        (
            replace(UNBUDGETED, cost=D(0), people=0, cost_year_before=None),
            "Nobody is covered in October 2026.",
        ),
        (
            replace(BASE, is_suppressed=True),
            "Fewer than 5 people are covered, so figures are suppressed.",
        ),
    ],
)
def test_the_verdict_is_the_sentence_of_its_case(at: Standing, sentence: str) -> None:
    assert verdict(at) == sentence
    assert len(sentence) <= 90
    assert len(sentence.split()) <= 16


def test_the_longest_month_and_amounts_keep_the_verdict_short() -> None:
    at = replace(budgeted("999990000", "111110000"), period_end=dt.date(2026, 9, 30))
    assert len(verdict(at)) <= 90


def test_the_lead_names_where_then_what_needs_a_decision() -> None:
    assert lead(BASE) == (
        "Health is $858K of that. 2 critical findings are open. "
        "1 provider feed is below service level."
    )


def test_a_part_larger_than_the_whole_stands_alone() -> None:
    at = replace(BASE, largest_over=Part("Health", D("950000")))
    assert lead(at).startswith("Health alone is $950K over budget.")


def test_no_part_is_named_within_tolerance() -> None:
    assert "Health" not in lead(budgeted("1010000"))


def test_feeds_are_fine_only_where_no_finding_says_otherwise() -> None:
    fine = replace(BASE, open_findings=3, critical_findings=None, feeds_below=0)
    sentence = "Every provider feed met its service level in October."
    assert sentence in lead(fine)
    assert sentence not in lead(replace(fine, is_feed_finding_open=True))
    assert sentence not in lead(replace(fine, feeds_below=1))


def test_with_nothing_open_the_lead_says_so() -> None:
    at = replace(BASE, open_findings=0, critical_findings=0, feeds_below=0)
    assert "No compliance finding is open." in lead(at)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("absent", "No budget is loaded, so variance is not measured."),
        ("partly_absent", "Some months have no budget, so variance is not measured."),
        ("overlapping", "Budget lines overlap, so variance is not measured."),
        ("cost_unknown", "A part of the budgeted cost is unknown, so variance is not measured."),
    ],
)
def test_a_missing_budget_is_never_skipped(state: Missing, reason: str) -> None:
    assert lead(replace(UNBUDGETED, budget_missing=state)).endswith(reason)


def test_missing_compliance_is_never_skipped() -> None:
    at = replace(BASE, open_findings=None, critical_findings=None)
    assert lead(at).endswith("Compliance is not measured.")


@pytest.mark.parametrize(("grade", "is_named"), [("C", False), ("D", True), ("F", True)])
def test_bad_data_quality_is_a_decision(grade: str, is_named: bool) -> None:
    assert (f"Data quality is grade {grade}." in lead(replace(BASE, grade=grade))) is is_named


def test_the_lead_has_at_most_35_words() -> None:
    at = replace(
        UNBUDGETED,
        grade="F",
        open_findings=None,
        critical_findings=None,
        feeds_below=3,
        budget_missing="cost_unknown",
    )
    assert len(lead(at).split()) <= 35
    assert len(lead(BASE).split()) <= 35
