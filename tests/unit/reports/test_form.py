"""Forms drawn from geometry: same bytes, every value in the page's text, nothing ever cut."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from reports.errors import RenderError
from reports.render.form import render_each, render_forms
from reports.render.form_layout import COLUMNS, FormPage, Layout, LayoutError, load_layout

GEOMETRY = """\
1,mark,,36,560,0,16,,,,,
1,notes,,36,100,,,,,,,
1,footer,,36,30,,,,,,,
1,rule,,36,500,720,0,,,,,1
1,tag,,36,488,40,12,Part I,9,bold,center,
1,label,,36,520,0,0,Form {year},12,bold,,
1,text,name,36,460,120,24,1 Name,9.5,semibold,,
1,text,tall,200,440,60,40,,9.5,semibold,,
1,code,code,300,460,50,24,,9.5,semibold,,
1,money,money,360,460,60,24,,9.5,semibold,,
1,check,tick,440,460,12,12,,,,,
"""


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """A form with one box of each kind."""
    path = tmp_path / "geometry.csv"
    path.write_text(",".join(COLUMNS) + "\n" + GEOMETRY, encoding="utf-8")
    return load_layout(path, "Form X", 2024)


def text_of(content: bytes) -> str:
    """The text of all pages, line ends as blanks."""
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def page(values: dict[str, str], **more: object) -> FormPage:
    """A page of the form."""
    return FormPage(page=1, values=values, footer="Employee 7 · Page 1 of 1", **more)  # type: ignore[arg-type]


def test_the_same_pages_give_the_same_bytes(layout: Layout) -> None:
    pages = [page({"name": "Nuñez (Zoë) \\ Żółć", "code": "1E"}, mark="DRAFT", is_specimen=True)]
    assert render_forms(layout, pages, "T", "S") == render_forms(layout, pages, "T", "S")


def test_values_marks_and_year_can_be_read_out_of_the_page(layout: Layout) -> None:
    values = {"name": "Ana (Ó) Nuñez", "code": "1E", "money": "118.00"}
    text = text_of(render_forms(layout, [page(values, mark="DRAFT", notes=("Why.",))], "T", "S"))
    for expected in (*values.values(), "DRAFT", "Form 2024", "Part I", "Why.", "Page 1 of 1"):
        assert expected in text


def test_an_unknown_box_shows_a_question_mark(layout: Layout) -> None:
    known = text_of(render_forms(layout, [page({"code": "1E"})], "T", "S"))
    unknown = text_of(render_forms(layout, [page({}, unknown=frozenset({"code"}))], "T", "S"))
    assert "?" not in known
    assert "?" in unknown


def test_a_long_value_continues_in_the_margin_and_is_never_cut(layout: Layout) -> None:
    words = "Bartholomew Aloysius Featherstonehaugh Cholmondeley the Younger of Tern Hollow"
    text = text_of(render_forms(layout, [page({"name": words})], "T", "S"))
    assert "Name (continued):" in text
    assert all(word in text for word in words.split())


def test_a_tall_box_wraps_before_it_continues(layout: Layout) -> None:
    text = text_of(render_forms(layout, [page({"tall": "Okonkwo Vandenberg"})], "T", "S"))
    assert "Okonkwo Vandenberg" in text
    assert "continued" not in text


def test_a_value_without_a_box_is_an_error(layout: Layout) -> None:
    with pytest.raises(LayoutError, match="no box 'line_99'"):
        render_forms(layout, [page({"line_99": "X"})], "T", "S")


def test_static_drawing_is_stored_once_for_all_copies(layout: Layout) -> None:
    one = len(render_forms(layout, [page({"code": "1E"})], "T", "S"))
    many = len(render_forms(layout, [page({"code": "1E"})] * 101, "T", "S"))
    assert (many - one) / 100 < 900


def test_one_file_each_depends_on_nobody_beside_it(layout: Layout) -> None:
    sets = [[page({"name": name})] for name in ("Żółć", "Ana", "Nuñez", "Zoë", "Ana")]
    together = list(render_each(layout, sets, "T", "S"))
    alone = [render_forms(layout, pages, "T", "S") for pages in sets]
    assert together == alone
    assert together[1] == together[4]
    assert [name for name in ("Żółć", "Ana", "Nuñez") if name in text_of(together[0])] == ["Żółć"]


def test_more_foreign_letters_than_one_font_holds_are_all_written(layout: Layout) -> None:
    letters = [chr(code) for code in (*range(0x100, 0x17F), *range(0x410, 0x450))]
    words = ["".join(letters[start : start + 8]) for start in range(0, len(letters), 8)]
    content = render_forms(layout, [page({"name": word}) for word in words], "T", "S")
    text = text_of(content)
    assert all(word in text for word in words)


@pytest.mark.parametrize("box", ["name", "code"])
def test_a_letter_without_a_glyph_is_refused_with_its_record(layout: Layout, box: str) -> None:
    with pytest.raises(RenderError, match=r"Form X, Employee 7: .*no glyph for U\+4E2D"):
        render_forms(layout, [page({box: "中"})], "T", "S")
    with pytest.raises(RenderError, match=r"Employee 7: .*U\+0007"):
        render_forms(layout, [page({box: "a\x07"})], "T", "S")


def test_every_value_is_written_as_text_never_as_operators(layout: Layout) -> None:
    values = {"name": r"A) Tj ET (\101", "code": r"\)", "money": "(1.00"}
    pages = [page(values), page(values)]
    text = text_of(render_forms(layout, pages, "T", "S"))
    for value in values.values():
        assert text.count(value) == 2


def test_a_geometry_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "geometry.csv"
    path.write_text("page,box\n1,a\n", encoding="utf-8")
    with pytest.raises(LayoutError, match="columns must be"):
        load_layout(path, "Form X", 2024)


def test_a_typeface_that_cannot_be_read_is_named_by_its_file(tmp_path: Path) -> None:
    words = (
        f"import font_source_sans_pro as font; font.font_directory = {str(tmp_path)!r}; "
        "from reports.render.typeface import text_width; text_width('a', 'regular', 9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=False
    )
    missing = tmp_path / "SourceSansPro-Regular.ttf"
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith("FileNotFoundError")
    assert str(missing) in last
