"""Five people on hand-written files: what each box of their forms says (see case.md)."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from reports.filings.aca_1095c.lines import layout_of
from tests.conftest import benefits
from tests.scenarios.pdf_boxes import boxes_of

CASE = Path(__file__).parent
GOLDEN = CASE / "expected" / "boxes.txt"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that one call of the command line fills."""
    folder = tmp_path_factory.mktemp("aca-1095c-plain")
    call = ("report", "aca_1095c", "--source", CASE / "landing", "--tax-year", "2024")
    done = benefits(*call, "--format", "pdf,csv,json", "--out", folder, check=False)
    assert done.returncode == 1, "a set with an unknown box is refused"
    assert "900-12-0142" not in done.stdout + done.stderr
    return folder


@pytest.mark.golden
def test_every_box_says_what_was_worked_out_by_hand(out: Path) -> None:
    content = next(out.glob("*.pdf")).read_bytes()
    lines: list[str] = []
    for count, (template, boxes) in enumerate(boxes_of(content, layout_of(2024)), 1):
        lines.append(f"== sheet {count}, page {template} of the form")
        lines.extend(f"{box}: {value}" for box, value in boxes.items())
    text = "\n".join(lines) + "\n"
    if os.environ.get("BENEFITS_RECORD_GOLDENS"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_the_table_has_the_boxes_of_the_paper(out: Path) -> None:
    with next(out.glob("*-form.csv")).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    content = next(out.glob("*.pdf")).read_bytes()
    first_pages = [boxes for page, boxes in boxes_of(content, layout_of(2024)) if page == 1]
    assert len(rows) == len(first_pages) == 5
    for row, boxes in zip(rows, first_pages, strict=True):
        shown = {
            box: value.upper()
            for box, value in row.items()
            if value and box in layout_of(2024).pages[1].boxes
        }
        assert shown == {box: value for box, value in boxes.items() if value != "?"}


def test_the_work_list_names_what_is_missing_and_who_can_supply_it(out: Path) -> None:
    with next(out.glob("*-work_item.csv")).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {(row["employee_number"], row["box"], row["missing"], row["owner"]) for row in rows} == {
        ("T-105", "line 16", "benefit_offer.response", "Benefits"),
        ("T-105", "Part III", "benefit_offer.response", "Benefits"),
    }
