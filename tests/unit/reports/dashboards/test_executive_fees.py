"""Fees stand beside the cost of the page, by plan year, and are never added to it."""

from __future__ import annotations

from decimal import Decimal

from reports.dashboards.executive_fees import NAME
from reports.dashboards.executive_rows import PREFIX
from reports.model import Document, Metrics, Table
from reports.render import render
from tests.unit.reports.dashboards.executive_sample import document, frames, with_changes

FEES = PREFIX + "plan_fee"


def fees(found: Document) -> Table | None:
    return next((t for t in found.tables() if t.name == NAME), None)


def test_the_last_two_plan_years_that_have_begun_are_shown_by_year() -> None:
    table = fees(document())
    assert table is not None
    shown = table.frame.select("plan_year_words", "plan_name", "paid_amount").rows()
    assert shown == [
        ("2026", "Savings plan", Decimal(12_500)),
        ("2026", "Welfare plan", Decimal(225_400)),
        ("2025", "Welfare plan", None),
    ]
    assert "2025 and 2026" in table.note
    assert table.totals is None


def test_a_sum_with_an_unknown_part_says_why_it_is_missing() -> None:
    table = fees(document())
    assert table is not None
    unknown = table.frame.filter(table.frame["paid_amount"].is_null())
    assert unknown["paid_amount_reason"].to_list() == [
        "a payment on record has no amount, or is in quarantine"
    ]


def test_fees_change_no_number_of_the_page() -> None:
    def numbers(found: Document) -> list[object]:
        block = next(b for b in found.blocks if isinstance(b, Metrics))
        return [(metric.name, metric.value) for metric in block.metrics]

    without = document(frames() | {FEES: frames()[FEES].clear()})
    assert numbers(document()) == numbers(without)
    assert fees(without) is None
    assert ("Plan fees", "No fee or commission is on record") in [
        (about, note[:33]) for about, note in without.notes
    ]


def test_one_plan_year_has_a_total() -> None:
    rows = frames()
    rows[FEES] = rows[FEES].filter(rows[FEES]["plan_year"] == 2026)
    table = fees(document(rows))
    assert table is not None
    assert table.totals is not None
    assert table.totals["paid_amount"] == Decimal(237_900)


def test_page_and_workbook_carry_the_fees() -> None:
    page = render(document(), "html")[0].content.decode()
    assert page.index('id="cost_by_provider"') < page.index(f'id="{NAME}"')
    assert f'href="#{NAME}"' in page
    assert NAME in render(document(), "json")[0].content.decode()


def test_a_company_too_small_to_show_has_no_fees_either() -> None:
    small = document(with_changes("month", people_covered_ytd=3))
    assert fees(small) is None
    assert "Plan fees" not in [about for about, _ in small.notes]
