"""The HTML file: one file, one h1, landmarks, sections in order, the same bytes twice."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from reports.dashboards.executive_page import render_page
from reports.dashboards.page_shapes import spark
from reports.model import Document
from reports.render import render
from tests.unit.reports.dashboards.executive_sample import document, facts

LARGEST = 500_000


@pytest.fixture(scope="module")
def page() -> str:
    return render_page(document())


def test_the_file_is_small(page: str) -> None:
    assert len(page.encode()) <= LARGEST


def test_nothing_is_asked_from_anywhere(page: str) -> None:
    known = "http://www.w3.org/2000/svg"
    assert re.findall(r"https?://[^\s\"'<)]+", page.replace(known, "")) == []
    assert not re.search(r"<(script|link|img|iframe)|@import|url\(", page)


def test_one_h1_is_the_verdict_and_no_level_is_skipped(page: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert set(levels) == {1, 2}
    assert f">{document().verdict}</h1>" in page


def test_landmarks_language_and_title(page: str) -> None:
    for part in ('<html lang="en-US">', "<header", "<main", "<nav", "<footer", 'class="skip"'):
        assert part in page
    assert f"<title>{document().verdict}" in page


def test_sections_stand_in_the_order_of_every_page(page: str) -> None:
    marks = ["<h1", 'class="numbers"', 'id="attention"', 'id="cost_by_benefit_type"']
    marks += ['id="cost_by_department"', 'id="cost_by_provider"', 'id="notes"', "<footer"]
    places = [page.index(mark) for mark in marks]
    assert places == sorted(places)


def test_every_table_has_a_caption_and_scopes(page: str) -> None:
    tables = re.findall(r"<table.*?</table>", page, re.S)
    assert tables
    assert all("<caption" in found and 'scope="col"' in found for found in tables)
    assert all('scope="row"' in found for found in tables)


def test_charts_have_words(page: str) -> None:
    assert len(re.findall(r'<svg role="img" aria-labelledby="[^"]+"', page)) == 2
    assert page.count("Over budget every month since February: first Jan") == 2


def test_ids_are_unique_and_links_lead_somewhere(page: str) -> None:
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_every_page_says_where_its_numbers_come_from(page: str) -> None:
    for words in (
        "Data as of Nov 8, 2026",
        "Data quality B (A is best)",
        "Data version 7c1e04b9a2d4",
    ):
        assert words in page


def test_not_measured_is_never_a_number(page: str) -> None:
    tile = page[page.index("Employee satisfaction") :][:600]
    assert "Not measured" in tile
    assert "Needs benefit_survey" in tile


def test_a_suppressed_row_shows_no_number(page: str) -> None:
    row = re.search(r"<tr><th[^>]*>Legal</th>.*?</tr>", page, re.S)
    assert row is not None
    assert "suppressed" in row.group()
    assert not re.search(r">[\d,.+−]+<", row.group())


def test_names_are_escaped() -> None:
    html = render_page(document(company_name="Ampersand & <b>Sons</b>"))
    assert "Ampersand &amp; &lt;b&gt;Sons&lt;/b&gt;" in html
    assert "<b>Sons" not in html


def test_the_units_of_a_table_add_up_on_the_page(page: str) -> None:
    section = page[page.index('id="cost_by_benefit_type"') :]
    body, foot = re.search(r"<tbody>(.*?)</tbody><tfoot>(.*?)</tfoot>", section, re.S).groups()  # type: ignore[union-attr]
    cell = r'c-cost_amount n[^"]*">([\d,.]+)<'
    parts = [float(text.replace(",", "")) for text in re.findall(cell, body)]
    total = float(re.findall(cell, foot)[0].replace(",", ""))
    assert round(sum(parts), 6) == total


def test_fewer_than_four_points_draw_no_trend() -> None:
    assert spark([1, 2, 3], None) == ""
    assert spark([1, 2, 3, None, 4], None) != ""


@pytest.mark.parametrize("format", ["html", "pdf", "xlsx", "csv", "xml", "json"])
def test_every_format_gives_the_same_bytes_twice(format: str) -> None:
    first = render(document(), format)  # type: ignore[arg-type]
    second = render(document(), format)  # type: ignore[arg-type]
    assert [file.content for file in first] == [file.content for file in second]


def test_another_process_gives_the_same_page(page: str) -> None:
    code = (
        "from tests.unit.reports.dashboards.executive_sample import document\n"
        "from reports.dashboards.executive_page import render_page\n"
        "import hashlib\n"
        "raise SystemExit(hashlib.sha256(render_page(document()).encode()).hexdigest())\n"
    )
    root = Path(__file__).parents[4]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    import hashlib

    assert done.stderr.strip() == hashlib.sha256(page.encode()).hexdigest()


def test_a_page_without_sample_data_does_not_say_so() -> None:
    real: Document = document(is_test_data=False)
    assert facts().is_test_data
    assert "Invented sample data" not in render_page(real)
