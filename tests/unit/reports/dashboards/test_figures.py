"""Numbers as words: units, ties, signs, and parts that add up to their total."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as D

import pytest

from reports.dashboards import figures


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("24318400", "$24.32M"),
        ("1000000", "$1.00M"),
        ("999500", "$1.00M"),
        ("999499.99", "$999K"),
        ("10000", "$10K"),
        ("9999.49", "$9,999"),
        ("1150.50", "$1,151"),
        ("99.5", "$99.50"),
        ("7", "$7"),
        ("0", "$0"),
        ("-908400", "−$908K"),
    ],
)
def test_money_has_the_unit_of_its_size(value: str, text: str) -> None:
    assert figures.money(D(value)) == text


def test_ties_round_away_from_zero() -> None:
    assert figures.number(D("2.5")) == "3"
    assert figures.number(D("-2.5")) == "−3"


def test_a_sign_is_shown_on_changes_but_not_on_zero() -> None:
    assert [figures.signed(D(v), 1) for v in ("4.26", "-4.26", "0.04")] == ["+4.3", "−4.3", "0.0"]


def test_one_point_is_singular() -> None:
    assert figures.points(D("-1.0")) == "1.0 point"
    assert figures.points(D("1.9")) == "1.9 points"


def test_a_year_to_date_of_january_is_january() -> None:
    assert figures.year_to_date(dt.date(2026, 1, 31)) == "January"
    assert figures.year_to_date(dt.date(2026, 10, 31)) == "January to October"
    assert figures.year_to_date_short(dt.date(2026, 10, 31)) == "Jan–Oct"


def test_parts_get_one_more_digit_where_they_do_not_add_up() -> None:
    parts = [D(400), D(400), D(400)]
    scale = figures.adding_up(figures.Scale(D(1000), 0, "$ thousand"), [(parts, D(1200))])
    assert [scale.text(part) for part in parts] == ["0.4", "0.4", "0.4"]
    assert scale.text(D(1200)) == "1.2"


def test_parts_that_add_up_keep_their_digits() -> None:
    scale = figures.Scale(D(1000), 0, "$ thousand")
    assert figures.adding_up(scale, [([D(1000), D(2000)], D(3000))]) == scale


def test_parts_that_need_three_decimals_of_a_thousand_are_written_in_dollars() -> None:
    parts = [D("100001"), D("100001"), D("100003")]
    scale = figures.adding_up(figures.money_scale(parts), [(parts, sum(parts, D(0)))])
    shown = [D(scale.text(part).replace(",", "")) for part in parts]
    assert sum(shown) == D(scale.text(sum(parts, D(0))).replace(",", ""))


def test_cents_add_up_in_the_end() -> None:
    parts = [D("0.50"), D("0.50"), D("0.50")]
    scale = figures.adding_up(figures.Scale(D(1), 0, "$"), [(parts, D("1.50"))])
    assert scale == figures.DOLLARS_AND_CENTS
