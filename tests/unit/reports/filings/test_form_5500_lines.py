"""The lines of Form 5500 and its drawing agree both ways, and so do lines and published models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reports.filings.form_5500.lines import (
    BROKER,
    FIRST_PAGE_BROKERS,
    FORM,
    MORE_PAGE_BROKERS,
    SCHEDULE,
    edition_of,
    layout_of,
    load_lines,
)
from reports.filings.form_5500.public import MODEL_OF

ROOT = Path(__file__).parents[4]
MODELS = ROOT / "dbt" / "models" / "reports" / "_form_5500.yml"
LATER = {"6g_1", "10a_4", "10a_4_number", "10a_5"}
YEARS = ((2022, 2020), (2023, 2023), (2024, 2023), (2025, 2023))


@pytest.mark.parametrize(("year", "edition"), YEARS)
def test_a_form_year_uses_the_lines_of_its_edition(year: int, edition: int) -> None:
    assert edition_of(year) == edition


@pytest.mark.parametrize(("year", "edition"), YEARS)
def test_every_box_of_form_5500_is_filled_and_every_line_is_drawn(year: int, edition: int) -> None:
    pages = layout_of("main", year, edition).pages.values()
    drawn = {name for page in pages for name in page.boxes}
    filled = {name for box in load_lines().boxes["main"] for name in box.names()}
    assert drawn - filled == set()
    assert filled - drawn == (LATER if edition < 2023 else set())


def test_every_box_of_schedule_a_is_filled_and_every_line_is_drawn() -> None:
    layout = layout_of("schedule_a", 2024, 2023)
    lines = load_lines().boxes
    for page, slots in ((1, FIRST_PAGE_BROKERS), (2, MORE_PAGE_BROKERS), (3, 0), (4, 0)):
        wanted = {b.name for b in lines["schedule_a"] if b.page == page}
        wanted |= {f"{b.name}_{n}" for b in lines["broker"] for n in range(1, slots + 1)}
        assert set(layout.pages[page].boxes) == wanted


def test_every_column_is_printed_or_says_why_not() -> None:
    lines = load_lines()
    printed = {name for boxes in lines.boxes.values() for box in boxes for name in box.columns}
    for table, columns in lines.columns.items():
        for column in columns:
            assert (column.name in printed) != ((table, column.name) in lines.unprinted)
    known = {column.name for columns in lines.columns.values() for column in columns}
    assert printed - known == {"SCH_A_PLAN_NAME", "SCH_A_SPONSOR_NAME"}


def test_every_column_is_filled_from_a_published_column_or_blank_on_purpose() -> None:
    published = _published()
    for table, columns in load_lines().columns.items():
        for column in columns:
            assert (column.source is None) == bool(column.blank)
            assert column.source is None or column.source in published[MODEL_OF[table]]


def test_every_published_column_stands_in_a_public_file_or_serves_the_document() -> None:
    serving = {
        "company_id", "plan_year", "filing_id", "status", "rule", "line_edition", "schedule_a_id",
        "contract_count", "sch_a_plan_name", "sch_a_sponsor_name",
    }  # fmt: skip
    published = _published()
    for table, columns in load_lines().columns.items():
        sources = {column.source for column in columns}
        assert published[MODEL_OF[table]] - sources - serving == set()


def test_the_files_have_the_columns_of_the_public_data_set() -> None:
    lines = load_lines().columns
    assert {table: len(columns) for table, columns in lines.items()} == {
        FORM: 140,
        SCHEDULE: 90,
        BROKER: 19,
    }


def _published() -> dict[str, set[str]]:
    raw: dict[str, Any] = yaml.safe_load(MODELS.read_text(encoding="utf-8"))
    return {
        model["name"].split("__")[1]: {column["name"] for column in model["columns"]}
        for model in raw["models"]
    }
