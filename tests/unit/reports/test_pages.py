"""Small parts of pages: charts drawn from SVG, lines of text, figures in words."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from reports.errors import RenderError
from reports.render.pdf import balanced
from reports.render.pdf_file import PdfFile
from reports.render.pdf_pen import LETTER, Pen, text_width, wrapped
from reports.render.pdf_svg import draw_svg, svg_size
from reports.render.words import day, number, quality

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">'


def _drawn(body: str) -> str:
    pen = Pen(LETTER, PdfFile("Title", "Subject", "en-US"))
    pen.new_page()
    draw_svg(pen, f"{HEAD}{body}</svg>", 10, 700, 0.75)
    return "\n".join(pen.pages[0])


def test_a_chart_keeps_its_size_its_text_and_its_paint() -> None:
    body = (
        '<g transform="translate(5,6)"><path d="M0,0h10v20h-10Z" fill="#1D4F91"/>'
        '<text text-anchor="end" font-weight="600" fill="#000">Dental (new)</text></g>'
    )
    assert svg_size(f"{HEAD}{body}</svg>") == (100.0, 50.0)
    drawn = _drawn(body)
    assert "1.0000 0.0000 0.0000 1.0000 5.0000 6.0000 cm" in drawn
    assert "0.114 0.310 0.569 rg 0.00 0.00 m 10.00 0.00 l 10.00 20.00 l 0.00 20.00 l h f" in drawn
    pen = Pen(LETTER, PdfFile("Title", "Subject", "en-US"))
    pen.new_page()
    draw_svg(pen, f"{HEAD}{body}</svg>", 10, 700, 0.75)
    pen.save()
    text = PdfReader(io.BytesIO(pen.file.save())).pages[0].extract_text()
    assert "Dental (new)" in text


def test_a_circle_of_two_arcs_closes_where_it_began() -> None:
    drawn = _drawn('<path d="M5,0A5,5,0,1,1,-5,0A5,5,0,1,1,5,0" fill="#000000"/>')
    points = [line for line in drawn.replace(" c ", " c\n").split("\n") if line.endswith(" c")]
    assert len(points) == 4
    x, y = (float(part) for part in points[-1].split()[-3:-1])
    assert (x, abs(y)) == (5.0, 0.0)


def test_what_is_clear_is_not_drawn_and_what_is_faint_is_mixed_with_paper() -> None:
    assert " f" not in _drawn('<rect width="5" height="5" fill="none"/>')
    assert " f" not in _drawn('<rect width="5" height="5" opacity="0"/>')
    assert "0.500 0.500 0.500 rg" in _drawn('<rect width="5" height="5" opacity="0.5"/>')


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<image href="x.png"/>', "the element 'image'"),
        ('<rect width="5" height="5" fill="url(#hatch)"/>', "the paint 'url"),
        ('<path d="M0,0S1,1,2,2" fill="#000000"/>', "path command 'S'"),
    ],
)
def test_what_a_page_cannot_show_is_an_error_not_a_gap(body: str, message: str) -> None:
    with pytest.raises(RenderError, match=message.replace("(", r"\(")):
        _drawn(body)


def test_lines_fit_and_no_letter_is_lost() -> None:
    text = "Supercalifragilisticexpialidocious words and short ones"
    lines = wrapped(text, "regular", 10, 60)
    assert all(text_width(line, "regular", 10) <= 60 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_verdict_never_ends_in_a_lone_word() -> None:
    lines = balanced("Employer cost is $908K (3.9%) over budget, headed for $1.35M.", 20, 430)
    assert len(lines) == 2
    assert len(lines[-1].split()) > 2


@pytest.mark.parametrize(
    ("value", "places", "is_signed", "words"),
    [
        (Decimal("1234.5"), 1, False, "1,234.5"),
        (Decimal("-0.04"), 1, True, "0.0"),
        (Decimal("-0.05"), 1, True, "−0.1"),
        (Decimal("2.5"), 0, True, "+3"),
        (1_000_000, 0, False, "1,000,000"),
    ],
)
def test_figures_in_words(value: Decimal | int, places: int, is_signed: bool, words: str) -> None:
    assert number(value, places, is_signed) == words


def test_dates_and_grades_in_words() -> None:
    assert day(date(2026, 11, 8)) == "Nov 8, 2026"
    assert day(date(2026, 1, 31)) == "Jan 31, 2026"
    assert quality("B") == "B (A is best)"
    assert quality("not graded") == "not graded"
