"""Modelled cost says so in every table of the executive page, in every format."""

from __future__ import annotations

import csv
import io

import polars as pl

from reports.dashboards.executive_rows import PREFIX
from reports.model import Document, Table
from reports.render import render
from tests.unit.reports.dashboards.executive_sample import document, frames


def _modelled() -> Document:
    """The sample, with the cost of Health modelled."""
    found = frames()
    part = found[PREFIX + "breakdown"]
    is_health = (pl.col("dimension") == "benefit_type") & (pl.col("item_name") == "Health")
    status = pl.when(is_health).then(pl.lit("modelled")).otherwise(pl.col("cost_status"))
    found[PREFIX + "breakdown"] = part.with_columns(status.alias("cost_status"))
    return document(found)


def _table(made: Document, name: str) -> Table:
    return next(table for table in made.tables() if table.name == name)


def test_data_formats_say_of_every_cost_what_it_is() -> None:
    made = _modelled()
    files = {file.name: file.content.decode() for file in render(made, "csv")}
    (text,) = (text for name, text in files.items() if name.endswith("cost_by_benefit_type.csv"))
    found = {row["item_name"]: row["cost_status"] for row in csv.DictReader(io.StringIO(text))}
    assert found.pop("Health") == "modelled"
    assert set(found.values()) == {"measured"}


def test_the_page_tags_the_row_and_paper_shows_the_column() -> None:
    made = _modelled()
    html = render(made, "html")[0].content.decode()
    assert 'Health <span class="tag">modelled</span>' in html
    assert "c-cost_status" not in html
    assert _table(made, "cost_by_benefit_type").fields[-1].on_paper


def test_with_every_cost_measured_paper_has_no_such_column() -> None:
    made = document(frames())
    for name in ("cost_by_benefit_type", "cost_by_department", "cost_by_month"):
        assert not _table(made, name).fields[-1].on_paper
    assert "modelled</span>" not in render(made, "html")[0].content.decode()
