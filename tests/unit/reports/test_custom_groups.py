"""Groups of a custom report: who stands behind them, and what their figures are."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import openpyxl
import polars as pl

from distribution.mail_numbers import with_numbers
from reports.dashboards.mail import mail_body
from reports.render import render
from tests.unit.reports.custom_cost import (
    BY_CATEGORY,
    DENTAL,
    FEW,
    HEALTH,
    LIFE,
    MANY,
    costs,
    leaf,
    made,
)


def test_a_small_group_is_suppressed_with_the_next_smallest() -> None:
    found = costs(made([leaf(HEALTH, MANY), leaf(DENTAL, MANY[:6]), leaf(LIFE, FEW)]))
    assert found == {HEALTH: Decimal(900), DENTAL: None, LIFE: None}


def test_four_people_are_too_few_and_five_are_enough() -> None:
    found = costs(made([leaf(HEALTH, MANY), leaf(LIFE, MANY[:5])]))
    assert found[LIFE] == Decimal(500)
    assert set(costs(made([leaf(HEALTH, MANY), leaf(LIFE, MANY[:4])])).values()) == {None}


def test_people_are_counted_once_however_many_months_they_cost() -> None:
    leaves = [leaf(LIFE, FEW, month=month) for month in (1, 2, 3)] + [leaf(HEALTH, MANY)]
    assert costs(made(leaves))[LIFE] is None
    changing = [leaf(LIFE, [f"q{month}"], month=month) for month in range(1, 6)]
    assert costs(made([*changing, leaf(HEALTH, MANY)]))[LIFE] == Decimal(500)


def test_two_small_groups_of_the_same_few_people_take_a_third_with_them() -> None:
    leaves = [leaf(HEALTH, MANY), leaf(LIFE, FEW), leaf(DENTAL, FEW)]
    assert set(costs(made(leaves)).values()) == {None}
    others = [leaf(HEALTH, MANY), leaf(LIFE, FEW), leaf(DENTAL, ["x", "y", "z"])]
    assert costs(made(others))[HEALTH] == Decimal(900)


def test_a_hidden_cell_cannot_be_worked_out_across_or_down() -> None:
    wide = BY_CATEGORY | {"groups": ["cost_category", "department_id"]}
    leaves = [
        leaf(HEALTH, FEW),
        leaf(HEALTH, MANY, department="d2"),
        leaf(LIFE, MANY[:7]),
        leaf(LIFE, MANY[:8], department="d2"),
        leaf(DENTAL, MANY),
        leaf(DENTAL, MANY, department="d2"),
    ]
    frame = made(leaves, wide).tables()[0].frame.filter(pl.col("cost").is_null())
    hidden = set(frame.select("cost_category", "department_id").rows())
    assert (HEALTH, "d1") in hidden
    for category, department in hidden:
        assert sum(c == category for c, _ in hidden) > 1
        assert sum(d == department for _, d in hidden) > 1


def test_a_budget_without_people_is_shown() -> None:
    assert costs(made([leaf(HEALTH, MANY), leaf(LIFE, [])]))[LIFE] == Decimal(0)


def test_listed_leaves_are_suppressed_like_groups() -> None:
    listed = {
        "columns": ["cost_category", "cost_amount"],
        "measures": [{"name": "t", "of": "sum", "column": "cost_amount"}],
    }
    (table,) = made([leaf(HEALTH, MANY), leaf(LIFE, FEW)], listed).tables()
    assert table.frame["cost_amount"].to_list() == [None, None]
    assert table.totals == {"cost_category": "Total", "cost_amount": Decimal(1200)}
    (alone,) = made([leaf(LIFE, FEW)], listed).tables()
    assert alone.totals is None


def test_no_format_carries_a_suppressed_figure() -> None:
    document = made([leaf(HEALTH, MANY), leaf(LIFE, FEW)])
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
    leaves = [leaf(HEALTH, MANY), leaf(HEALTH, MANY, month=5, status="modelled")]
    document = made([*leaves, leaf(LIFE, MANY[:6])])
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
    mailed = mail_body(with_numbers(made([leaf(HEALTH, MANY), leaf(LIFE, MANY[:6])])))
    assert "Over or under \u2212$5" in mailed.text


def test_rows_the_mail_has_no_room_for_are_counted() -> None:
    by_month = BY_CATEGORY | {"groups": ["cost_category", "department_id"]}
    leaves = [leaf(HEALTH, MANY, department=f"d{n:02}") for n in range(15)]
    mailed = mail_body(with_numbers(made(leaves, by_month)))
    assert "3 more rows stand in the attached file" in mailed.text
    assert "3 more rows stand in the attached file" in mailed.html
    assert mailed.html.count('<th scope="row"') == 12
