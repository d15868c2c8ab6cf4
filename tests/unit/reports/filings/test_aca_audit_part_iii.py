"""Part III of somebody else's forms against ours: who is listed, in which months."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from reports.errors import RequestError
from reports.filings.aca_audit.filed import read_filed
from reports.filings.aca_audit.report import REPORT, SAME
from reports.model import Document
from reports.render import render
from tests.unit.reports.filings.aca_audit_rows import (
    FACTS,
    REQUEST,
    RETURN,
    ZERO,
    built,
    covered_one,
    months,
    person,
    table,
    year,
)

HEADER = (
    "tax_year,ein,employee_number,first_name,last_name,ssn,date_of_birth,is_all_year,"
    "is_jan,is_feb,is_mar,is_apr,is_may,is_jun,is_jul,is_aug,is_sep,is_oct,is_nov,is_dec"
)
ALL, NONE, FIRST_HALF = 12 * "x", 12 * "-", 6 * "x" + 6 * "-"


def listed(number: str, first: str, ticks: str, ssn: str = "", born: str = "") -> str:
    """Return one row of somebody else's Part III; `ticks` are twelve letters, `x` a month."""
    cells = ["true" if letter == "x" else "false" for letter in ticks]
    own = f"2024,90-0000001,{number},{first},Quill,{ssn},{born},{str(ticks == ALL).lower()}"
    return ",".join((own, *cells))


def part_iii(folder: Path, theirs: list[str], ours: list[dict[str, Any]], **more: Any) -> Document:
    """Return the document of employee 7, whose forms are equal but for these individuals."""
    who = person("7") | more
    return built(
        folder,
        year("7", "1E", "98", "2C"),
        [who],
        [months("7", "1E", "98.00", "2C")],
        listed="\n".join((HEADER, *theirs)) + "\n",
        covered=ours,
    )


def found(document: Document) -> list[tuple[Any, ...]]:
    rows = table(document).sort("rule_id", "individual", "month")
    return rows.select("rule_id", "individual", "month", "theirs", "ours").rows()


ADA = covered_one("7", "Ada", ALL, "900-01-0001")
BO = covered_one("7", "Bo", FIRST_HALF, "900-01-0002")


def test_equal_lists_have_no_difference(tmp_path: Path) -> None:
    theirs = [
        listed("7", "Ada", ALL, "900010001"),
        listed("7", "BO", FIRST_HALF, "900-01-0002"),
        listed("7", "Cy", ALL, born="2020-02-29"),
    ]
    ours = [ADA, BO, covered_one("7", "Cy", ALL, born=date(2020, 2, 29))]
    document = part_iii(tmp_path, theirs, ours)
    assert document.verdict == SAME
    assert ("Part III", "compared on 1 of the forms.") in document.notes


def test_the_box_of_the_year_ticks_every_month(tmp_path: Path) -> None:
    row = listed("7", "Ada", NONE, "900010001").replace(",false,", ",true,", 1)
    assert part_iii(tmp_path, [row], [ADA]).verdict == SAME


def test_each_month_that_only_one_side_has_covered_is_one_row(tmp_path: Path) -> None:
    theirs = [
        listed("7", "Ada", "-" + 11 * "x", "900010001"),
        listed("7", "Bo", 7 * "x" + 5 * "-", "900010002"),
    ]
    document = part_iii(tmp_path, theirs, [ADA, BO])
    assert found(document) == [
        ("D62", "Ada Quill, ***-**-0001", 1, "not covered", "covered"),
        ("D63", "Bo Quill, ***-**-0002", 7, "covered", "not covered"),
    ]
    rows = table(document)
    assert rows["return_high"].sum() == RETURN[1]  # one return, however many months are wrong
    assert rows["assessed_high"].sum() == ZERO
    assert rows.filter(pl.col("rule_id") == "D63").select("file", "row").row(0) == (
        "covered.csv",
        3,
    )


def test_somebody_only_one_side_lists_is_one_row_with_the_months(tmp_path: Path) -> None:
    theirs = [listed("7", "Ada", ALL, "900010001"), listed("7", "Di", "x" + 11 * "-", "900010009")]
    assert found(part_iii(tmp_path, theirs, [ADA, BO])) == [
        ("D60", "Bo Quill, ***-**-0002", None, "not listed", "Jan, Feb, Mar, Apr, May, Jun"),
        ("D61", "Di Quill, ***-**-0009", None, "Jan", "not covered"),
    ]


def test_an_individual_is_found_by_name_where_the_number_differs_or_lacks(tmp_path: Path) -> None:
    theirs = [listed("7", "Ada", ALL, "900010009"), listed("7", "Bo", FIRST_HALF)]
    assert found(part_iii(tmp_path, theirs, [ADA, BO])) == [
        ("D64", "Ada Quill, ***-**-0001", None, "***-**-0009", "***-**-0001"),
        ("D65", "Bo Quill, ***-**-0002", None, None, "***-**-0002"),
    ]


def test_two_of_one_name_are_told_apart_by_birth_date_or_not_at_all(tmp_path: Path) -> None:
    old, young = date(1980, 1, 1), date(2010, 1, 1)
    ours = [covered_one("7", "Ada", ALL, born=old), covered_one("7", "Ada", FIRST_HALF, born=young)]
    theirs = [listed("7", "Ada", FIRST_HALF, born="2010-01-01")]
    assert [row[0] for row in found(part_iii(tmp_path, theirs, ours))] == ["D60"]
    theirs = [
        listed("7", "Ada", ALL, born="1980-01-01"),
        listed("7", "Ada", ALL, born="2011-01-01"),
    ]
    assert [row[0] for row in found(part_iii(tmp_path, theirs, ours))] == ["D60", "D61"]


def test_nobody_is_called_missing_where_the_file_does_not_say_who_is_covered(
    tmp_path: Path,
) -> None:
    document = built(
        tmp_path,
        year("7", "1E", "98", "2C"),
        [person("7")],
        [months("7", "1E", "98.00", "2C")],
        covered=[ADA],
    )
    assert document.verdict == SAME
    assert ("Part III", "not compared: the file does not say who is covered.") in document.notes


def test_a_part_iii_that_is_not_known_here_is_one_row_and_no_finding(tmp_path: Path) -> None:
    reason = "benefits_enrollment.dependents: the level covers family but nobody is listed"
    document = part_iii(
        tmp_path, [listed("7", "Di", ALL, "900010009")], [ADA], part_iii_reason=reason
    )
    (row,) = table(document, "not_compared").to_dicts()
    assert (row["rule_id"], row["box"], row["ours_why"]) == ("D50", "Part III", reason)
    assert table(document).height == 0


def test_nothing_is_said_about_a_form_with_a_listed_row_that_cannot_be_read(tmp_path: Path) -> None:
    theirs = [listed("7", "Ada", ALL, "900010001"), listed("7", "Bo", ALL, born="29 Feb 2020")]
    document = part_iii(tmp_path, theirs, [ADA, BO])
    assert document.verdict == SAME
    (row,) = table(document, "unread").to_dicts()
    assert (row["file"], row["row"], row["column"]) == ("covered.csv", 3, "date_of_birth")
    assert "2020" not in row["why"]


def test_listed_individuals_of_no_form_in_the_file_are_counted(tmp_path: Path) -> None:
    theirs = [listed("7", "Ada", ALL, "900010001"), listed("8", "Ed", ALL, "900010008")]
    notes = dict(part_iii(tmp_path, theirs, [ADA]).notes)
    assert notes["Part III"].endswith("1 listed individuals belong to no form in the file.")


def test_covered_individuals_alone_are_refused(tmp_path: Path) -> None:
    (tmp_path / "covered.csv").write_text(f"{HEADER}\n{listed('7', 'Ada', ALL)}\n")
    rows = read_filed([tmp_path / "covered.csv"]).rows()
    with pytest.raises(RequestError, match="no form of this employer for 2024 beside its covered"):
        REPORT.build(rows, REQUEST, FACTS)


def test_no_taxpayer_number_is_shown_whole_in_any_format(tmp_path: Path) -> None:
    theirs = [listed("7", "Ada", NONE, "900010009"), listed("7", "Di", ALL, "900010008")]
    document = part_iii(tmp_path, theirs, [ADA, BO])
    assert table(document).height > 12
    for kind in ("csv", "json", "xml"):
        for file in render(document, kind):
            text = file.content.decode()
            assert "0009" in text or "differences" not in file.name
            for number in ("900010009", "900-01-0001", "900010008", "900-01-0002", "900010001"):
                assert number not in text
