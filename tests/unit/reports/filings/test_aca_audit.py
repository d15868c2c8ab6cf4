"""Somebody else's forms against ours: which difference, whose, in which order."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from distribution.catalogue import Target, find_report
from distribution.errors import Refused
from reports.errors import RequestError
from reports.filings.aca_audit.report import FIELDS, REPORT, SAME
from reports.model import Document, ReportRequest
from reports.render import render
from tests.unit.reports.filings.aca_audit_rows import (
    FACTS,
    REQUEST,
    RETURN,
    ROOT,
    B,
    built,
    months,
    person,
    seed,
    table,
    year,
)

NAMES = {field.name for field in FIELDS} - {"file", "row"}  # the same in any order of the file


def test_equal_forms_have_no_difference(tmp_path: Path) -> None:
    same = built(
        tmp_path, year("7", "1E", "98", "2G"), [person("7")], [months("7", "1E", "98.00", "2G")]
    )
    assert same.verdict == SAME
    assert table(same).height == 0


def test_forms_missing_unwanted_twice_and_of_nobody_are_each_one_row(tmp_path: Path) -> None:
    header = "tax_year,ein,employee_number,month,line_14,line_15,line_16,ssn,first_name,last_name"
    people = [person("1"), person("2", "none", "900-01-0002"), person("3", ssn="900-01-0003")]
    people += [person("4", "unknown", "900-01-0004")]
    theirs = [
        "2024,900000001,2,1,1H,,2A,900-01-0002,Ada,Quill",
        *[row + ",900-01-0003,Ada,Quill" for row in year("3", "1E", "98", "2G")],
        "2024,900000001,99,1,1E,98,2G,900-01-0003,Ada,Quill",
        "2024,900000001,98,1,1E,98,2G,900-01-0098,Bo,Weald",
    ]
    ours = [months("1", "1E", "98.00", "2G"), months("3", "1E", "98.00", "2G")]
    document = built(tmp_path, theirs, people, ours, header=header)
    rows = table(document).sort("rule_id")
    assert rows.select("rule_id", "employee_number", "theirs", "ours").rows() == [
        ("D20", "1", "none", "1095-C"),
        ("D21", "2", "1095-C", "none"),
        ("D22", "98", "1095-C", None),
        ("D23", "3", "one more", "one"),
        ("D24", "4", "none", None),
    ]
    missing = rows.row(0, named=True)
    assert (missing["assessed_high"], missing["return_high"]) == (12 * B, RETURN[1])
    assert [row for row in rows["dollars_high"].to_list() if row is None] == [None, None]


def test_numbers_and_names_are_compared_where_the_file_gives_them(tmp_path: Path) -> None:
    header = "tax_year,ein,employee_number,month,line_14,line_15,line_16,ssn,first_name,last_name"
    theirs = [row + ",900010009,ADA,Quill-Moss" for row in year("7", "1E", "98", "2G")]
    document = built(
        tmp_path, theirs, [person("7")], [months("7", "1E", "98.00", "2G")], header=header
    )
    rows = table(document).sort("rule_id")
    assert rows.select("rule_id", "theirs", "ours").rows() == [
        ("D30", "***-**-0009", "***-**-0001"),
        ("D32", "ADA Quill-Moss", "Ada Quill"),
    ]
    assert rows["return_high"].to_list() == [RETURN[1], Decimal("0.00")]


@pytest.mark.parametrize("last", ["OMalley-Nunez", "O'MALLEY NUÑEZ", "O’Malley Nuñez"])
def test_a_name_is_the_same_without_its_accents_and_apostrophes(tmp_path: Path, last: str) -> None:
    header = "tax_year,ein,employee_number,month,line_14,line_15,line_16,first_name,last_name"
    document = built(
        tmp_path,
        [f"{row},Ada,{last}" for row in year("7", "1E", "98", "2G")],
        [person("7") | {"last_name": "O'Malley-Nuñez"}],
        [months("7", "1E", "98.00", "2G")],
        header=header,
    )
    assert document.verdict == SAME


def test_rows_of_another_employer_are_said_and_those_put_aside_listed(tmp_path: Path) -> None:
    theirs = [*year("7", "1E", "98", "2G"), "2024,900000002,7,1,1E,98,2G", "2024,9,7,1,1E,98,2G"]
    document = built(tmp_path, theirs, [person("7")], [months("7", "1E", "98.00", "2G")])
    assert ("Not compared", "1 rows of another employer or year.") in document.notes
    digest = hashlib.sha256((tmp_path / "theirs.csv").read_bytes()).hexdigest()
    assert ("File", f"theirs.csv, SHA-256 {digest}") in document.notes
    assert table(document, "unread").select("row", "column").rows() == [(15, "ein")]


def test_nothing_is_said_about_a_month_with_a_cell_that_cannot_be_read(tmp_path: Path) -> None:
    theirs = [*year("7", "1E", "98", "2G")[:11], "2024,900000001,7,12,1E,ninety,2G"]
    document = built(tmp_path, theirs, [person("7")], [months("7", "1E", "98.00", "2G")])
    assert document.verdict == SAME
    assert table(document, "unread").select("row", "column").rows() == [(13, "line_15")]


def test_it_needs_a_year_a_file_and_a_form_of_the_employer(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="needs a tax year"):
        REPORT.build({}, ReportRequest("c", date(2024, 12, 31)), FACTS)
    with pytest.raises(RequestError, match="name it with --file"):
        REPORT.build({}, REQUEST, FACTS)
    with pytest.raises(RequestError, match="holds no form of this employer for 2024"):
        built(
            tmp_path,
            ["2023,900000001,7,1,1E,98,2G"],
            [person("7")],
            [months("7", "1H", None, "2A")],
        )


def test_the_same_rows_give_the_same_bytes_in_every_format(tmp_path: Path) -> None:
    numbers = [str(number) for number in range(1, 6)]

    def made(order: int) -> Document:
        return built(
            tmp_path,
            [row for number in numbers[::order] for row in year(number, "1E", "98", "")],
            [person(number, ssn=f"900-01-000{number}") for number in numbers[::order]],
            [months(number, "1E", "98.00", "2G") for number in numbers[::order]],
        )

    for kind in REPORT.formats:
        first = [(f.name, f.content) for f in render(made(1), kind)]
        assert first == [(f.name, f.content) for f in render(made(1), kind)], kind
    shown = [name for name in table(made(1)).columns if name in NAMES]
    assert table(made(1)).select(shown).equals(table(made(-1)).select(shown))


def test_every_kind_a_comparison_gives_has_its_words() -> None:
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "reports" / "filings" / "aca_audit").glob("*.py"))
    )
    for kind in seed("code_aca_difference")["difference"]:
        assert f'"{kind}"' in source, kind


def test_nobody_can_schedule_what_needs_a_file() -> None:
    target = Target("aca_audit", "csv", "email", None)
    with pytest.raises(Refused, match="it is made of a file, so nothing is due by itself"):
        find_report(target)
