"""What a difference between somebody else's forms and ours could cost, under which cap."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from tests.unit.reports.filings.aca_audit_rows import (
    RETURN,
    ZERO,
    A,
    B,
    built,
    exposed,
    months,
    person,
    table,
    year,
)


def test_a_missed_safe_harbor_costs_b_of_each_month_and_one_wrong_return(tmp_path: Path) -> None:
    document = built(
        tmp_path,
        year("7", "1E", "98", ""),
        [person("7")],
        [months("7", "1E", "98.00", "2G")],
        [exposed("7", 3, "protected", has_credit=True)],
    )
    rows = table(document).sort("month")
    assert set(rows["rule_id"]) == {"D01"}
    assert set(rows["theirs"]) == {None}
    assert set(rows["ours"]) == {"2G"}
    assert rows["assessed_high"].to_list() == [B] * 12
    assert [row for row in rows["assessed_low"].to_list() if row] == [B]  # March has the credit
    assert rows["return_high"].to_list() == [RETURN[1], *[Decimal("0.00")] * 11]
    low, high = B + RETURN[0], 12 * B + RETURN[1]
    assert document.verdict == f"12 differences, ${low:,} to ${high:,} at risk, an estimate."
    assert table(document)["month"].to_list()[:3] == [1, 3, 2]  # the return, the credit, the rest


def test_a_claim_that_the_facts_do_not_support_is_priced_the_same(tmp_path: Path) -> None:
    document = built(
        tmp_path,
        year("7", "1E", "98", "2C"),
        [person("7")],
        [months("7", "1E", "98.00", None)],
        [exposed("7", month, "no_safe_harbor") for month in range(1, 13)],
    )
    rows = table(document)
    assert set(rows["rule_id"]) == {"D03"}
    assert rows["assessed_high"].sum() == 12 * B


def test_lines_14_and_16_of_one_month_cost_once(tmp_path: Path) -> None:
    document = built(
        tmp_path, year("7", "1H", "", ""), [person("7")], [months("7", "1E", "98.00", "2C")]
    )
    rows = table(document)
    assert rows.group_by("rule_id").len().sort("rule_id").rows() == [
        ("D02", 12), ("D05", 12), ("D09", 12)
    ]  # fmt: skip
    assert rows["assessed_high"].sum() == 12 * B
    assert set(rows.filter(pl.col("rule_id") == "D02")["assessed_high"]) == {B}


def test_two_codes_that_cannot_stand_together_protect_nothing(tmp_path: Path) -> None:
    document = built(
        tmp_path, year("7", "1H", "", "2G"), [person("7")], [months("7", "1H", None, "2B")]
    )
    rows = table(document)
    assert set(rows["rule_id"]) == {"D04"}
    assert "their codes cannot stand together" in rows["why"][0]
    assert rows["assessed_high"].sum() == 12 * B


@pytest.mark.parametrize(
    ("theirs", "rule", "is_wrong"),
    [("198.00", "D12", False), ("198.01", "D11", True), ("", "D09", True)],
)
def test_an_amount_within_the_small_difference_makes_no_wrong_return(
    tmp_path: Path, theirs: str, rule: str, is_wrong: bool
) -> None:
    document = built(
        tmp_path, year("7", "1E", theirs, "2G"), [person("7")], [months("7", "1E", "98.00", "2G")]
    )
    rows = table(document)
    assert set(rows["rule_id"]) == {rule}
    assert rows["return_high"].sum() == (RETURN[1] if is_wrong else 0)
    assert rows["assessed_high"].sum() == 0


def test_what_is_unknown_here_is_no_finding_and_has_no_price(tmp_path: Path) -> None:
    unknown = months(
        "7", "1E", "98.00", None, is_line_16_unknown=True, unknown_reason="answer: absent"
    )
    document = built(
        tmp_path,
        year("7", "1E", "98", ""),
        [person("7")],
        [unknown],
        [exposed("7", month, "unknown") for month in range(1, 13)],
    )
    assert table(document).height == 0
    (row,) = table(document, "not_compared").to_dicts()
    assert (row["rule_id"], row["box"], row["ours_why"]) == ("D50", "line 16", "answer: absent")
    assert (row["months"], row["cells"], row["theirs"]) == ("Jan to Dec", 12, None)
    assert "0 differences, $0.00 at risk" in document.verdict
    assert "12 more cannot be compared." in document.verdict


def test_what_is_not_known_is_one_row_per_box_and_reason_with_its_months(tmp_path: Path) -> None:
    dark = months("7", "1E", "98.00", "2G")
    for month in dark:
        if month["month"] in {1, 3, 4, 5, 12}:
            month |= {"is_line_16_unknown": True, "unknown_reason": "answer: absent"}
        if month["month"] == 7:
            month |= {"is_line_16_unknown": True, "unknown_reason": "pay: absent"}
    document = built(tmp_path, year("7", "1E", "98", "2H"), [person("7")], [dark])
    found = table(document, "not_compared").select("box", "months", "cells", "theirs", "ours_why")
    assert found.rows() == [
        ("line 16", "Jan, Mar to May, Dec", 5, "2H", "answer: absent"),
        ("line 16", "Jul", 1, "2H", "pay: absent"),
    ]
    assert "6 more cannot be compared." in document.verdict
    assert table(document)["month"].sort().to_list() == [2, 6, 8, 9, 10, 11]


@pytest.mark.parametrize(
    ("theirs", "ours", "rule"),
    [("false", True, "D40"), ("true", False, "D41"), ("", True, "D42"), ("true", None, "D50")],
)
def test_column_a_costs_a_of_everybody_and_then_nothing_under_b(
    tmp_path: Path, theirs: str, ours: bool | None, rule: str
) -> None:
    lines = "tax_year,ein,month,mec_offer\n2024,900000001,5," + theirs + "\n"
    document = built(
        tmp_path,
        year("7", "1E", "98", ""),
        [person("7")],
        [months("7", "1E", "98.00", "2G")],
        more=lines,
        mec_offer=ours,
    )
    name = "not_compared" if rule == "D50" else "differences"
    (row,) = table(document, name).filter(pl.col("box") == "line 23 (a)").to_dicts()
    assert row["rule_id"] == rule
    assert row.get("assessed_high") == (None if rule == "D50" else A)
    may = table(document).filter((pl.col("month") == 5) & (pl.col("box") == "line 16"))
    assert may["assessed_high"].to_list() == [Decimal("0.00") if theirs == "false" else B]


def test_b_of_all_people_never_costs_more_than_a_of_the_month(tmp_path: Path) -> None:
    numbers = [str(number) for number in range(1, 4)]
    document = built(
        tmp_path,
        [row for number in numbers for row in year(number, "1E", "98", "")],
        [person(number, ssn=f"900-01-000{number}") for number in numbers],
        [months(number, "1E", "98.00", "2G") for number in numbers],
        a_least=Decimal("500.00"),
        a_most=Decimal("500.00"),
    )
    assert table(document, "months")["b_high"].to_list() == [Decimal("500.00")] * 12
    assert table(document, "months")["missed_count"].to_list() == [3] * 12


def test_a_wrong_return_costs_under_two_sections_each_with_its_yearly_cap(tmp_path: Path) -> None:
    numbers = [str(number) for number in range(1, 4)]
    document = built(
        tmp_path,
        [row for number in numbers for row in year(number, "1E", "298", "2G")],
        [person(number, ssn=f"900-01-000{number}") for number in numbers],
        [months(number, "1E", "98.00", "2G") for number in numbers],
        return_cap_low=Decimal("100.00"),
        return_cap_high=Decimal("990.00"),
    )
    returns = table(document, "totals").filter(pl.col("section").is_in(["6721", "6722"]))
    assert (
        returns.select("count", "low", "high", "cap_low", "cap_high").rows()
        == [(3, Decimal("100.00"), Decimal("990.00"), Decimal("100.00"), Decimal("990.00"))] * 2
    )  # 3 x 60 is above the lower cap, 3 x 330 is just at the upper one
    assert "$200.00 to $1,980.00 at risk" in document.verdict
    assert table(document)["return_high"].sum() == 3 * RETURN[1]  # each difference before the cap


def test_the_sections_add_up_to_the_verdict(tmp_path: Path) -> None:
    document = built(
        tmp_path, year("7", "1E", "98", ""), [person("7")], [months("7", "1E", "98.00", "2G")]
    )
    assert table(document, "totals").select("section", "count", "low", "high").rows() == [
        ("4980H(a)", 0, ZERO, ZERO),
        ("4980H(b)", 12, ZERO, 12 * B),
        ("6721", 1, Decimal("60.00"), Decimal("330.00")),
        ("6722", 1, Decimal("60.00"), Decimal("330.00")),
    ]
    assert f"$120.00 to ${12 * B + RETURN[1]:,} at risk" in document.verdict
