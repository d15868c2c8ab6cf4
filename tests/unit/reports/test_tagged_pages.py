"""The structure tree of pages: headings, tables and figures in reading order, for every reader."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import polars as pl
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from reports.model import Document, Field, Table
from reports.render import render
from tests.unit.reports.documents import CHART, SMALL, TABLE, document


def _reader(made: Document) -> PdfReader:
    return PdfReader(io.BytesIO(render(made, "pdf")[0].content))


def _elements(element: Any) -> Iterator[DictionaryObject]:
    """Every element of the tree, parents first."""
    found = element.get_object()
    if isinstance(found, DictionaryObject) and "/S" in found:
        yield found
        for kid in found.get("/K", []):
            yield from _elements(kid)


def _tree(reader: PdfReader) -> Any:
    return reader.root_object["/StructTreeRoot"].get_object()


def _roles(reader: PdfReader) -> list[str]:
    return [str(element["/S"])[1:] for element in _elements(_tree(reader)["/K"])]


def _marks(page: PageObject, reader: PdfReader) -> tuple[list[int], int]:
    """The numbers of marked content on a page, and how many texts stand outside of any mark."""
    depth, numbers, outside = 0, [], 0
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator == b"BDC":
            numbers.append(int(operands[1]["/MCID"]))
        depth += {b"BDC": 1, b"BMC": 1, b"EMC": -1}.get(operator, 0)
        outside += operator == b"Tj" and depth == 0
        assert depth in (0, 1)
    assert depth == 0
    return numbers, outside


def test_a_document_says_that_it_is_tagged_and_in_which_language() -> None:
    root: Any = _reader(document()).root_object
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]) == "en-US"


def test_headings_tables_and_figures_stand_in_the_tree() -> None:
    reader = _reader(document())
    roles = _roles(reader)
    assert roles[:2] == ["Document", "H1"]
    for role in ("H2", "P", "Table", "TR", "TH", "TD", "Figure"):
        assert role in roles
    rows = SMALL.frame.height + TABLE.frame.height
    assert roles.count("TR") >= rows + 2


def test_a_figure_has_its_words() -> None:
    elements = _elements(_tree(_reader(document()))["/K"])
    figures = [element for element in elements if str(element["/S"]) == "/Figure"]
    assert [str(figure["/Alt"]) for figure in figures] == [CHART.alt]


def test_all_that_is_written_is_tagged_or_an_artifact_and_every_mark_has_its_owner() -> None:
    many = Table("many", "Many", TABLE.fields, pl.concat([TABLE.frame] * 30))
    reader = _reader(document(many))
    parents = _tree(reader)["/ParentTree"]["/Nums"]
    owners = dict(zip(parents[::2], parents[1::2], strict=True))
    for page in reader.pages:
        numbers, outside = _marks(page, reader)
        assert outside == 0
        assert numbers == list(range(len(numbers)))
        marked: Any = owners[page["/StructParents"]]
        assert len(marked) == len(numbers)


def test_a_row_that_goes_on_over_the_page_stays_one_row() -> None:
    frame = pl.DataFrame({"a": ["x"], "b": [" ".join(f"w{number}" for number in range(4000))]})
    made = document(Table("long", "Long", (Field("a", "A"), Field("b", "B")), frame))
    reader = _reader(made)
    assert len(reader.pages) > 1
    assert _roles(reader).count("TR") == 2


def test_words_of_a_broken_line_stay_apart() -> None:
    frame = pl.DataFrame({"a": [" ".join(["wonderful"] * 60)]})
    reader = _reader(document(Table("t", "T", (Field("a", "A"),), frame)))
    assert "wonderfulwonderful" not in "".join(page.extract_text() for page in reader.pages)
