"""The page in a real browser: no finding of axe, no sideways scroll, no request."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, sync_playwright

from reports.dashboards.executive_page import render_page
from tests.unit.reports.dashboards.executive_sample import document, with_changes

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed here")
pytestmark = needs_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the module."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page as it usually is, without budget, and suppressed."""
    folder = tmp_path_factory.mktemp("pages")
    rows = {
        "usual": None,
        "without_budget": with_changes(
            "cost_month",
            budget_amount=None,
            budgeted_cost_amount=None,
            variance_amount=None,
            budget_status="absent",
        ),
        "suppressed": with_changes("month", people_covered_ytd=4, people_covered=4),
    }
    paths = {}
    for name, frames in rows.items():
        paths[name] = folder / f"{name}.html"
        paths[name].write_text(render_page(document(frames)), encoding="utf-8")
    return paths


@pytest.mark.parametrize("name", ["usual", "without_budget", "suppressed"])
def test_axe_finds_nothing_on_phone_and_desktop(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    page = browser.new_page()
    found: list[str] = []
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(pages[name].as_uri())
        violations = Axe().run(page).response["violations"]
        found += [f"{width}: {v['id']}: {v['nodes'][0]['html'][:90]}" for v in violations]
    page.close()
    assert found == []


def test_nothing_scrolls_sideways_in_the_widest_font(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = browser.new_page()
    page.goto(pages["usual"].as_uri())
    page.add_style_tag(content="body{font-family:'DejaVu Sans' !important}")
    wide = []
    for width in (320, 360, 480, 600, 768, 1024, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(width)
    page.close()
    assert wide == []


def test_long_amounts_stay_inside_their_table(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["usual"].as_uri())
    page.evaluate(
        "document.querySelectorAll('.two > :first-child td.n')"
        ".forEach(cell => cell.textContent = '1,017,359.83')"
    )
    over = []
    for width in (1024, 1280, 1360, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate(
            "[...document.querySelectorAll('.two > *, .wide > *')]"
            ".some(part => part.scrollWidth > part.clientWidth + 1)"
        ):
            over.append(width)
    page.close()
    assert over == []


def test_no_request_leaves_the_page(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(pages["usual"].as_uri())
    page.close()
    assert asked == [pages["usual"].as_uri()]


def test_a_phone_shows_verdict_and_leading_number_first_and_ends_after_five_screens(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(pages["usual"].as_uri())
    bottom = page.evaluate(
        "document.querySelector('.leading .value').getBoundingClientRect().bottom"
    )
    height = page.evaluate("document.documentElement.scrollHeight")
    page.close()
    assert bottom <= 640
    assert height <= 5 * 740


def test_a_desktop_shows_the_numbers_and_the_head_of_needs_attention(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(pages["usual"].as_uri())
    bottom = page.evaluate("document.getElementById('attention-h').getBoundingClientRect().bottom")
    page.close()
    assert bottom <= 900
