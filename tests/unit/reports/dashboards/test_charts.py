"""Specifications are valid Altair, bars start at zero, and the fonts are really there."""

from __future__ import annotations

import re
from decimal import Decimal as D

import altair
import pytest

from reports.dashboards import figures
from reports.dashboards.bar_chart import Bar, bar_chart
from reports.dashboards.cost_chart import Column, at_size, cost_chart
from reports.render.charts import chart_png, chart_svg, font_directory

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
COLUMNS = [Column(m, D(100_000 + 5_000 * i), D(120_000)) for i, m in enumerate(MONTHS)]


def test_specifications_are_altair() -> None:
    bars = bar_chart([Bar("Health", D(10), D(9))], figures.DOLLARS)
    for spec in (cost_chart(COLUMNS), bars):
        assert altair.Chart.from_dict(spec).to_dict()


def test_the_axis_of_columns_starts_at_zero() -> None:
    assert cost_chart(COLUMNS)["encoding"]["y"]["scale"]["domain"][0] == 0


def test_only_the_part_above_budget_is_red() -> None:
    rows = cost_chart(COLUMNS)["data"]["values"]
    assert [row["over"] for row in rows] == [i > 4 for i in range(12)]
    assert all(row["base"] == min(row["cost"], row["budget"]) for row in rows)


def test_without_a_budget_there_is_no_line_and_labels_are_costs() -> None:
    spec = cost_chart([Column("Jan", D(250_000), None)])
    assert {layer["name"] for layer in spec["layer"]}.isdisjoint({"budget", "budget_name"})
    assert spec["data"]["values"][0]["label"] == "250"


@pytest.mark.parametrize(("width", "shown"), [(900, 12), (160, 3)])
def test_labels_that_do_not_fit_leave_first_last_and_the_turning_point(
    width: int, shown: int
) -> None:
    svg = chart_svg(at_size(cost_chart(COLUMNS), width, 200))
    labels = re.findall(r">[+−]?\d+(?:\.\d)?</text>", svg)
    assert len(labels) <= shown


def test_label_digits_add_up_to_the_total() -> None:
    columns = [Column(m, D(100_400), D(100_000)) for m in MONTHS]
    labels = [row["label"] for row in cost_chart(columns)["data"]["values"]]
    assert labels == ["+0.4"] * 12


def test_text_stays_text_in_the_house_font_and_bytes_repeat() -> None:
    svg = chart_svg(cost_chart(COLUMNS), "Words", "one")
    assert 'font-family="Source Sans Pro"' in svg
    assert '<title id="one-title">Words</title>' in svg
    assert svg == chart_svg(cost_chart(COLUMNS), "Words", "one")
    assert chart_png(cost_chart(COLUMNS)) == chart_png(cost_chart(COLUMNS))


def test_a_screen_gets_the_readers_own_font() -> None:
    assert "Source Sans Pro" not in chart_svg(cost_chart(COLUMNS), screen=True)


def test_the_fonts_are_installed() -> None:
    assert (font_directory() / "SourceSansPro-Regular.ttf").is_file()
    assert (font_directory() / "SourceSansPro-Semibold.ttf").is_file()
