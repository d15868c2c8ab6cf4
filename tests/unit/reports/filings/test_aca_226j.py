"""The answer to Letter 226-J: who is matched, what stands, what it costs, which exhibits.

The employer has 60 full-time people; (b) of one person is 371.67 a month (2024).
"""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from reports.errors import RequestError
from reports.filings.aca_226j import answer
from reports.filings.aca_226j.listed import LISTED, matched, read_listed
from reports.filings.aca_226j.report import LAW, NOBODY, REPORT
from reports.model import Document, ReportRequest
from reports.render import render
from tests.unit.reports.filings.aca_audit_rows import (
    EXPOSED_SCHEMA,
    FACTS,
    LAW_SCHEMA,
    REQUEST,
    B,
    employer,
    exposed,
    months,
    person,
    table,
)

HEADER = "tax_year,ein,month,employee_number,line_14,line_16"
PEOPLE = [person(n, ssn=f"900-01-000{n}") for n in ("1", "2", "3", "4")]
RULES = pl.DataFrame(
    [("L14-01", "offered", "instructions, line 14"), ("L16-01", "waived", "instructions, line 16")],
    schema=["rule_id", "condition", "citation"],
    orient="row",
)
SOURCES = [
    ("e1", "benefit_offer", "o-1", date(2024, 1, 1), None),
    ("e1", "employment_period", "p-1", date(2019, 1, 1), None),
    ("e1", "benefit_offer", "o-0", date(2023, 1, 1), date(2023, 12, 31)),
    ("e2", "benefit_offer", "o-2", date(2024, 1, 1), date(2024, 12, 31)),
]


def codes() -> pl.DataFrame:
    """Return the determination of four people: protected, exposed, unknown, no form due."""
    groups = [
        months("1", "1E", "98.00", "2G", computed_14="1E", computed_16="2G"),
        months("2", "1E", "98.00", None, computed_14="1E", computed_16=None),
        months(
            "3", "1E", "98.00", None, is_line_16_unknown=True, unknown_reason="answer: absent",
            computed_14="1E", computed_16=None,
        ),
        months(
            "4", "1H", None, "2B", form="none", full_time=False, computed_14="1H", computed_16="2B"
        ),
    ]  # fmt: skip
    rows = [row | {"employed": True} for group in groups for row in group]
    rows = [
        row | ({"line_14": None, "line_16": None} if row["form"] == "none" else {}) for row in rows
    ]
    texts = ("line_14", "line_16", "line_17", "unknown_reason", "computed_16")
    kinds: dict[str, Any] = dict.fromkeys(texts, pl.String)
    return pl.DataFrame(
        rows, schema_overrides=kinds | {"month": pl.Int32, "line_15": pl.Decimal(12, 2)}
    )


def built(folder: Path, listed: list[str] | None, header: str = HEADER, **month: Any) -> Document:
    """Return the document over these people and a list with these lines."""
    at_risk = [exposed("2", m, "no_safe_harbor") for m in range(1, 13)]
    at_risk += [exposed("3", m, "unknown") for m in range(1, 13)]
    at_risk += [exposed("1", 3, "protected", has_credit=True)]
    schema = dict.fromkeys(("employee_id", "source_table", "source_id"), pl.String)
    dates = {"from_date": pl.Date, "to_date": pl.Date}
    rows: dict[str, pl.DataFrame] = {
        answer.CODE: codes(),
        answer.PERSON: pl.DataFrame(PEOPLE, schema_overrides={"none_reason": pl.String}),
        answer.EXPOSED: pl.DataFrame(at_risk, schema=EXPOSED_SCHEMA),
        answer.MONTH: employer(**month),
        answer.RULE: RULES,
        answer.SOURCE: pl.DataFrame(SOURCES, schema={**schema, **dates}, orient="row"),
        LAW: pl.DataFrame(schema=LAW_SCHEMA),
    }
    if listed is not None:
        path = folder / "list.csv"
        path.write_text("\n".join((header, *listed)) + "\n", encoding="utf-8")
        rows |= read_listed([path]).rows()
    return REPORT.build(rows, REQUEST, FACTS)


def of(number: str, month: int = 3) -> str:
    return f"2024,900000001,{month},{number},1H,"


def test_each_listed_month_is_answered_by_what_the_facts_say(tmp_path: Path) -> None:
    document = built(tmp_path, [of(n) for n in ("1", "2", "3", "4", "99")])
    people = table(document, "people")
    shown = ("employee_number", "filed_14", "response_14", "response_16", "position")
    assert people.select(shown).rows() == [
        ("1", "1H", "1E", "2G", "disagree"),
        ("2", "1H", "1E", None, "agree"),
        ("3", "1H", "1E", None, "not_known"),
        ("4", "1H", "1H", "2B", "disagree"),
        ("99", "1H", None, None, "not_on_file"),
    ]
    assert people["why_16"].to_list()[2] == "answer: absent"
    assert people["ssn"].to_list()[0] == "***-**-0001"
    assert document.verdict == (
        "5 months listed: 1 agreed, 2 disputed, 2 not known. $371.67 to $1,115.01 would be due."
    )


def test_boxes_carry_rule_and_citation_and_exhibits_are_numbered(tmp_path: Path) -> None:
    document = built(tmp_path, [of("1"), of("2")])
    boxes = table(document, "boxes")
    assert boxes.select("employee_number", "box", "value", "rule_id", "citation").rows()[:2] == [
        ("1", "line 14", "1E", "L14-01", "instructions, line 14"),
        ("1", "line 16", "2G", "L16-01", "instructions, line 16"),
    ]
    exhibits = table(document, "exhibits")
    assert exhibits.select("exhibit", "source_table", "source_id").rows() == [
        ("ACA-000001", "benefit_offer", "o-1"),
        ("ACA-000002", "employment_period", "p-1"),
        ("ACA-000003", "benefit_offer", "o-2"),
    ]
    people = table(document, "people").select("first_exhibit", "last_exhibit").rows()
    assert people == [("ACA-000001", "ACA-000002"), ("ACA-000003", "ACA-000003")]


def test_without_a_list_our_own_exposed_and_credited_months_are_answered(tmp_path: Path) -> None:
    document = built(tmp_path, None)
    people = table(document, "people")
    found = people.group_by("employee_number", "position").len().sort("employee_number").rows()
    assert found == [("1", "disagree", 1), ("2", "agree", 12)]
    assert "No list was given" in document.lead


@pytest.mark.parametrize(
    ("facts", "low", "high"),
    [
        ({}, B, 2 * B),
        ({"a_least": Decimal("500.00"), "a_most": Decimal("500.00")}, B, Decimal("500.00")),
        ({"mec_offer": False}, Decimal("7425.00"), Decimal("7425.00")),
        ({"mec_offer": None}, None, None),
    ],
)
def test_a_month_costs_b_of_those_who_stand_or_a_where_column_a_is_no(
    tmp_path: Path, facts: dict[str, Any], low: Decimal | None, high: Decimal | None
) -> None:
    document = built(tmp_path, [of("2"), of("3")], **facts)
    (march,) = table(document, "months").filter(pl.col("month") == 3).to_dicts()
    assert (march["amount_low"], march["amount_high"]) == (low, high)
    assert ("no amount" in document.verdict) == (low is None)


@pytest.mark.parametrize(
    ("number", "position", "cost"), [("1", "agree", "7425.00"), ("4", "disagree", "0.00")]
)
def test_without_the_offer_share_anybody_full_time_makes_a_due(
    tmp_path: Path, number: str, position: str, cost: str
) -> None:
    document = built(tmp_path, [of(number)], mec_offer=False)
    assert table(document, "people")["position"].to_list() == [position]
    (march,) = table(document, "months").filter(pl.col("month") == 3).to_dicts()
    assert (march["amount_low"], march["amount_high"]) == (Decimal(cost), Decimal(cost))


def test_people_are_found_by_name_and_the_last_four_digits(tmp_path: Path) -> None:
    header = "tax_year,ein,month,first_name,last_name,ssn"
    path = tmp_path / "list.csv"
    rows = ("ADA,QUILL,XXX-XX-0002", "Ada,Quill,0009", "Ada,Quill,")
    lines = [f"2024,90-0000001,3,{row}" for row in rows]
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    listed = read_listed([path]).frames[LISTED]
    assert matched(listed, pl.DataFrame(PEOPLE))["employee_id"].to_list() == ["e2", None, None]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tax_year,ein,month\n", "name people: employee_number or last_name"),
        ("ein,month,employee_number\n", "column tax_year is missing"),
        (HEADER + "\n", "no row of it can be read"),
        (HEADER + "\n2024,900000001,13,7,,\n", "row 2: month: it must be a month from 1 to 12"),
        (HEADER + "\n2024,900000001,3,,,\n", "neither a number nor a name says who it is"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RequestError, match=message):
        read_listed([path])


def test_bad_rows_and_repeated_months_are_put_aside(tmp_path: Path) -> None:
    document = built(tmp_path, [of("1"), of("1"), "2024,900000001,0,2,,", of("2")])
    assert table(document, "unread").select("row", "column").rows() == [(4, "month"), (3, "month")]
    assert table(document, "people").height == 2
    digest = hashlib.sha256((tmp_path / "list.csv").read_bytes()).hexdigest()
    assert ("File", f"list.csv, SHA-256 {digest}") in document.notes


def test_it_needs_a_year_and_somebody_of_the_employer(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="needs a tax year"):
        REPORT.build({}, ReportRequest("c", date(2024, 12, 31)), FACTS)
    with pytest.raises(RequestError, match="names nobody of this employer for 2024"):
        built(tmp_path, ["2023,900000001,3,1,,"])


def test_nobody_to_answer_for_is_said() -> None:
    empty = pl.DataFrame(schema=EXPOSED_SCHEMA)
    rows = {
        answer.CODE: codes(),
        answer.PERSON: pl.DataFrame(PEOPLE, schema_overrides={"none_reason": pl.String}),
        answer.EXPOSED: empty,
        answer.MONTH: employer(),
        answer.RULE: RULES,
        answer.SOURCE: pl.DataFrame(
            schema={
                **dict.fromkeys(("employee_id", "source_table", "source_id"), pl.String),
                **{"from_date": pl.Date, "to_date": pl.Date},
            }
        ),
        LAW: pl.DataFrame(schema=LAW_SCHEMA),
    }
    assert REPORT.build(rows, REQUEST, FACTS).verdict == NOBODY


def test_the_same_rows_give_the_same_bytes_in_every_format(tmp_path: Path) -> None:
    listed = [of(number, month) for number in ("1", "2", "3") for month in (1, 2)]
    for kind in REPORT.formats:
        first = [(f.name, f.content) for f in render(built(tmp_path, listed), kind)]
        assert first == [(f.name, f.content) for f in render(built(tmp_path, listed), kind)], kind
