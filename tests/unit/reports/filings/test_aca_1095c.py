"""Form 1095-C from published rows: boxes, pages, tables and what makes a set a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reports.errors import DocumentError, RequestError
from reports.filings.aca_1095c import datasets
from reports.filings.aca_1095c.lines import PART_3_PAGE, layout_of, load_lines
from reports.filings.aca_1095c.report import CODE, REPORT
from reports.model import FormPages, ReportRequest
from reports.render import render
from tests.unit.reports.filings.aca_1095c_rows import (
    FACTS,
    MONTHS,
    PERSON,
    REQUEST,
    built,
    code,
    covered,
    frame,
    item,
    pages_of,
    text_of,
)


def test_every_box_has_a_line_and_every_line_a_box() -> None:
    lines, layout = load_lines(), layout_of(2024)
    filled = {(entry.page, box) for entry in lines.entries for box in entry.boxes()}
    blank = {(page, box) for page in (1, PART_3_PAGE) for box in lines.blanks}
    drawn = {(page.number, box) for page in layout.pages.values() for box in page.boxes}
    assert filled <= drawn, filled - drawn
    assert drawn <= filled | blank, drawn - filled - blank
    assert not {box for _, box in filled} & set(lines.blanks)


def test_a_year_without_its_own_geometry_is_refused() -> None:
    with pytest.raises(DocumentError, match="tax year 2031"):
        layout_of(2031)


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_every_known_year_is_drawn_with_its_own_number_on_every_page(year: int) -> None:
    document = built(
        request=replace(REQUEST, tax_year=year),
        people=[{**PERSON, "is_self_insured": True}],
        individuals=[covered(1)],
    )
    pages = text_of(document)
    assert len(pages) == 2
    assert document.title == f"Form 1095-C, {year}"
    for other in {2023, 2024, 2025} - {year}:
        assert not [page for page in pages if f" {other} " in f" {page} "]
    assert all(str(year) in page for page in pages)


@pytest.mark.parametrize(("year", "status"), [(2023, "final"), (2024, "final"), (2025, "draft")])
def test_a_paper_copy_of_a_form_nobody_has_seen_is_a_draft_and_a_recipients_is_not(
    year: int, status: str
) -> None:
    full = built(request=replace(REQUEST, tax_year=year))
    assert full.status == status
    assert ("DRAFT, NOT FOR FILING" in text_of(full)[0]) == (status == "draft")
    assert ("has not been seen" in full.lead) == (status == "draft")
    recipients = built(request=replace(REQUEST, tax_year=year, parameters={"copy": "recipient"}))
    assert recipients.status == "final"
    assert "DRAFT" not in text_of(recipients)[0]


def test_a_recipient_copy_shows_people_by_four_digits_and_the_employer_whole() -> None:
    people = [{**PERSON, "is_self_insured": True}]
    individuals = [covered(1), covered(2, ssn="900120002"), covered(3, ssn=None)]
    asked = replace(REQUEST, parameters={"copy": "recipient"})
    document = built(request=asked, people=people, individuals=individuals)
    first, third = text_of(document)
    assert "***-**-0142" in first
    assert "00-0000101" in first
    assert "Recipient copy" in first
    assert "***-**-0001" in third
    assert "***-**-0002" in third
    for format in REPORT.formats:
        for file in render(document, format):
            assert file.name.startswith("aca_1095c-recipient-")
    whole = ("900-12", "90012")
    words = [file.content for name in REPORT.formats[2:] for file in render(document, name)]
    assert not [1 for content in words for part in whole if part.encode() in content]
    assert not [part for page in (first, third) for part in whole if part in page]


def test_the_full_copy_truncates_nothing() -> None:
    document = built(people=[{**PERSON, "is_self_insured": True}], individuals=[covered(1)])
    first, third = text_of(document)
    assert "900-12-0142" in first
    assert "900-12-0001" in third
    assert "***" not in first + third
    assert render(document, "pdf")[0].name.startswith("aca_1095c-c-")


def test_a_copy_nobody_knows_and_a_number_that_is_not_whole_are_refused() -> None:
    with pytest.raises(RequestError, match="copy=recipient"):
        built(request=replace(REQUEST, parameters={"copy": "agency"}))
    with pytest.raises(DocumentError, match="employee T-1") as refused:
        built(
            request=replace(REQUEST, parameters={"copy": "recipient"}),
            people=[{**PERSON, "ssn": "90012014"}],
        )
    assert "9001" not in str(refused.value)


def test_a_tax_year_must_be_asked_for() -> None:
    with pytest.raises(RequestError):
        REPORT.build({}, ReportRequest("c", date(2024, 12, 31)), FACTS)


def test_twelve_equal_months_stand_once_in_the_all_months_box() -> None:
    values = pages_of(built()).pages[0].values
    assert (values["line_14_all"], values["line_15_all"], values["line_16_all"]) == (
        "1E",
        "98.00",
        "2C",
    )
    assert not {box for box in values if box.startswith("line_14_") and box != "line_14_all"}


def test_each_line_chooses_the_all_months_box_for_itself() -> None:
    codes = [code(m, line_15="98.00" if m < 7 else "105.00") for m in range(1, 13)]
    values = pages_of(built(codes=codes)).pages[0].values
    assert values["line_14_all"] == "1E"
    assert "line_15_all" not in values
    assert (values["line_15_jun"], values["line_15_jul"]) == ("98.00", "105.00")


def test_a_blank_line_16_is_blank_and_not_unknown() -> None:
    codes = [code(m, line_16=None if m > 6 else "2C") for m in range(1, 13)]
    page = pages_of(built(codes=codes)).pages[0]
    assert "line_16_jul" not in page.values
    assert not page.unknown
    assert built(codes=codes).status == "final"


def test_an_unknown_month_is_hatched_listed_and_makes_the_set_a_draft() -> None:
    codes = [
        code(m) if m not in {9, 10} else code(m, line_16=None, is_line_16_unknown=True,
                                              unknown_reason="benefit_offer.response: none")
        for m in range(1, 13)
    ]  # fmt: skip
    document = built(codes=codes, items=[item()])
    page = pages_of(document).pages[0]
    assert page.unknown == {"line_16_sep", "line_16_oct"}
    assert document.status == "draft"
    assert document.is_refused()
    text = text_of(document)[0]
    assert "DRAFT, NOT FOR FILING" in text
    assert "Line 16, Sep to Oct unknown" in text
    assert "Owner Benefits" in text


def test_a_missing_box_of_part_1_is_unknown() -> None:
    document = built(people=[{**PERSON, "ssn": None}])
    assert pages_of(document).pages[0].unknown == {"line_2"}
    assert document.status == "draft"


def test_a_person_whose_form_is_undecided_has_no_page_but_an_item() -> None:
    codes = [code(m, form="unknown", employee_id="e2") for m in range(1, 13)]
    document = built(people=[], codes=codes, items=[item(employee_id="e2", box="form")])
    assert not [block for block in document.blocks if isinstance(block, FormPages)]
    assert document.status == "draft"
    assert document.verdict == "1 person is undecided."
    assert "T-1" in " ".join(text_of(document))


def test_only_a_set_without_forms_and_doubts_says_that_nothing_is_due() -> None:
    none = [code(m, form="none", employee_id="e2") for m in range(1, 13)]
    open_form = [code(m, form="unknown", employee_id="e2") for m in range(1, 13)]
    assert built(people=[], codes=none).nothing_due == "no form due"
    assert built(people=[], codes=open_form).nothing_due == ""
    assert built().nothing_due == ""


@pytest.mark.parametrize(("family", "pages"), [(0, 1), (1, 2), (13, 2), (14, 3), (26, 3), (40, 5)])
def test_part_3_takes_as_many_pages_as_the_family_needs(family: int, pages: int) -> None:
    people = [{**PERSON, "is_self_insured": family > 0}]
    individuals = [covered(n) for n in range(1, family + 1)]
    document = built(people=people, individuals=individuals)
    text = text_of(document)
    assert len(text) == pages
    joined = " ".join(text)
    for n in range(1, family + 1):
        assert f"GIVEN{n} FAMILY{n} 900-12-{n:04d}" in joined
    assert f"Page {pages} of {pages}" in joined


def test_a_month_covered_in_part_is_ticked_and_a_birth_date_stands_without_number() -> None:
    few = {f"is_{month}": month in {"nov", "dec"} for month in MONTHS}
    child = covered(2, ssn=None, date_of_birth=date(2024, 11, 20), is_all_year=False, **few)
    people = [{**PERSON, "is_self_insured": True}]
    values = pages_of(built(people=people, individuals=[covered(1), child])).pages[1].values
    assert {box for box in values if box.startswith("line_19_")} == {
        "line_19_first", "line_19_last", "line_19_dob", "line_19_nov", "line_19_dec",
    }  # fmt: skip
    assert values["line_19_dob"] == "11/20/2024"
    assert values["line_18_all"] == "X"
    assert "line_18_jan" not in values


def test_the_boxes_read_out_of_the_page_are_those_of_the_table() -> None:
    document = built()
    row = document.tables("csv")[0].frame.row(0, named=True)
    text = text_of(document)[0]
    boxes = [box for box in layout_of(2024).pages[1].boxes if isinstance(row.get(box), str)]
    assert len(boxes) > 15
    for box in boxes:
        assert row[box].upper() in text, box
    assert "98.00" in text


def test_the_same_rows_give_the_same_bytes_in_every_format() -> None:
    for name in REPORT.formats:
        assert render(built(), name) == render(built(), name)


def test_codes_tell_an_unknown_cell_from_a_blank_one() -> None:
    why = "benefit_offer.response: none"
    unknown = code(3, line_16=None, is_line_16_unknown=True, unknown_reason=why)
    months = [code(1), code(2, line_16=None), unknown]
    rows = {CODE: frame(months, code(1))}
    table = datasets.CODES.build(rows, REQUEST, FACTS).tables()[0]
    assert table.frame["line_16__why"].to_list() == [None, None, why]
    assert [field.name for field in table.fields] == [
        "tax_year", "ein", "employee_number", "month", "employed", "full_time", "lnap", "line_14",
        "line_15", "line_16", "line_17", "plan_start_month", "age", "rule_14", "rule_15", "rule_16",
        "form", "unknown_reason", "computed_14", "computed_16",
    ]  # fmt: skip


def test_an_open_form_1095_b_stands_on_the_work_list_once_and_makes_the_list_a_draft() -> None:
    why = "benefits_enrollment.dependents: the level covers family but nobody is listed"
    dark = {"open_reason": "dependents_missing", "unknown_reason": why, "owner": "Benefits"}
    small = {"form": "1095-B", "origin_code": "B"}
    rows = [covered(1, **small, **dark), covered(2, **small, **dark), covered(3, **dark)]
    document = datasets.PART_3.build(
        {datasets.COVERED: frame(rows, covered(1, **small, **dark))}, REQUEST, FACTS
    )
    (only,) = document.work_items
    assert (only.what, only.why, only.owner) == (
        f"Form 1095-B 2024, employee {rows[0]['employee_number']}, Part IV",
        why,
        "Benefits",
    )
    assert (only.table, only.column) == ("benefits_enrollment", "dependents")
    assert document.status == "draft"
    text = render(document, "csv")[0].content.decode().splitlines()
    assert text[0].endswith(",form,is_recipient,origin_code,unknown_reason")
    assert text[1].endswith(f",1095-B,true,B,{why}")
    assert text[3].endswith(f",1095-C,false,,{why}")


def test_a_list_of_forms_without_an_open_one_is_final() -> None:
    rows = [covered(1, form="1095-B", origin_code="G")]
    document = datasets.PART_3.build({datasets.COVERED: frame(rows, rows[0])}, REQUEST, FACTS)
    assert (document.status, document.work_items) == ("final", ())
