"""Custom reports: what may be declared, what is refused and how, and what the figures are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from reports.custom import custom_report, load_declared
from reports.custom.catalogue import catalogue
from reports.errors import DeclarationError, RequestError
from reports.model import Document, ReportRequest
from reports.registry import find
from tests.unit.reports.documents import COMPANY, FACTS

ROOT = Path(__file__).resolve().parents[3]
MODEL = "rpt_enrollment_census__row"


def _census() -> pl.DataFrame:
    """Five enrollments: two departments, one unassigned, one unknown amount, one pending."""
    columns: dict[str, Any] = {name: [None] * 5 for name in catalogue()["enrollment_census"].fields}
    columns |= {
        "employee_number": ["0002", "0001", "0003", "0004", "0005"],
        "last_name": ["Brandt", "Alvarez", "Chen", "Dube", "Eklund"],
        "department_name": ["Sales", "Sales", "Plant", "Plant", None],
        "covered_from": [
            date(2026, 1, 1),
            date(2026, 3, 1),
            date(2026, 1, 1),
            None,
            date(2025, 7, 1),
        ],
        "is_employed": [True, True, True, True, False],
        "census_status": ["covered", "covered", "covered", "pending", "covered"],
        "employee_amount": [Decimal("100.00"), Decimal("50.01"), None, None, Decimal("10.00")],
        "amount_reason": [None, None, "missing: pay_calendar.pay_date", None, None],
    }
    texts = {
        name: pl.String
        for name, field in catalogue()["enrollment_census"].fields.items()
        if field.type in ("text", "identifier")
    }
    money = {
        name: pl.Decimal(18, 2)
        for name, field in catalogue()["enrollment_census"].fields.items()
        if field.type == "money"
    }
    return pl.DataFrame(columns, schema_overrides=texts | money | {"amount_reason": pl.String})


def _rows_of(smallest: int = 1) -> dict[str, pl.DataFrame]:
    """What the dataset is read from; groups are shown from so many people on."""
    metric = {"metric_id": ["people_covered"], "minimum_count": [smallest]}
    return {MODEL: _census(), "dim_metric": pl.DataFrame(metric)}


def _run(definition: Mapping[str, Any], **parameters: Any) -> Document:
    report = custom_report({"dataset": "enrollment_census", **definition}, "mine")
    request = ReportRequest(COMPANY, FACTS.as_of, period="2026-10", parameters=parameters)
    return report.build(_rows_of(), request, FACTS)


def _rows(document: Document) -> list[tuple[Any, ...]]:
    (table,) = document.tables()
    return table.frame.select(field.name for field in table.fields).rows()


def test_columns_filters_and_order_are_those_declared() -> None:
    document = _run(
        {
            "columns": ["employee_number", "last_name"],
            "filters": [{"column": "department_name", "is": "in", "value": ["Sales", "Plant"]}],
            "sort": [{"column": "last_name", "descending": True}],
        }
    )
    assert [row[0] for row in _rows(document)] == ["0004", "0003", "0002", "0001"]
    assert document.verdict == (
        "3 enrollments of 3 people are covered on Oct 31, 2026; 1 is pending."
    )


def test_rows_that_a_filter_cannot_decide_are_counted_not_hidden() -> None:
    filters = [{"column": "department_name", "is": "!=", "value": "Sales"}]
    document = _run({"columns": ["employee_number"], "filters": filters})
    assert [row[0] for row in _rows(document)] == ["0003", "0004"]
    assert document.notes == (
        ("Left out", "1 row for which a filter is unknown (department_name)"),
    )


@pytest.mark.parametrize(
    ("condition", "value", "numbers"),
    [
        ("=", "2026-01-01", ["0002", "0003"]),
        (">=", "2026-01-01", ["0001", "0002", "0003"]),
        ("<", "2026-01-01", ["0005"]),
        ("not in", ["2026-01-01", "2025-07-01"], ["0001"]),
        ("missing", None, ["0004"]),
        ("present", None, ["0001", "0002", "0003", "0005"]),
    ],
)
def test_every_condition(condition: str, value: object, numbers: list[str]) -> None:
    one = {"column": "covered_from", "is": condition} | ({} if value is None else {"value": value})
    document = _run({"columns": ["employee_number"], "filters": [one]})
    assert [row[0] for row in _rows(document)] == numbers


def test_groups_count_and_sum_and_a_sum_with_an_unknown_part_is_unknown() -> None:
    document = _run(
        {
            "groups": ["department_name"],
            "measures": [
                {"name": "people", "of": "count", "label": "People"},
                {"name": "paid", "of": "sum", "column": "employee_amount"},
                {"name": "mean", "of": "average", "column": "employee_amount"},
                {"name": "first", "of": "least", "column": "covered_from"},
            ],
            "sort": [{"column": "department_name"}],
        }
    )
    assert _rows(document) == [
        ("Plant", 2, None, None, None),
        ("Sales", 2, Decimal("150.01"), Decimal("75.01"), date(2026, 1, 1)),
        (None, 1, Decimal("10.00"), Decimal("10.00"), date(2025, 7, 1)),
    ]


def test_measures_over_everything_are_one_row() -> None:
    measures = [
        {"name": "people", "of": "distinct", "column": "employee_number"},
        {"name": "rows", "of": "count"},
    ]
    assert _rows(_run({"measures": measures})) == [(5, 5)]


def test_totals_leave_out_what_is_not_measured_and_say_so() -> None:
    document = _run(
        {
            "columns": ["employee_number", "employee_amount"],
            "measures": [{"name": "t", "of": "sum", "column": "employee_amount"}],
        }
    )
    (table,) = document.tables()
    assert table.totals == {"employee_number": "Total", "employee_amount": Decimal("160.01")}
    assert document.lead == (
        "Totals: employee $160 a month. 1 cell is unknown and shown as such; totals leave them out."
    )


def test_a_parameter_is_typed_defaulted_and_required() -> None:
    definition = {
        "columns": ["employee_number"],
        "filters": [{"column": "covered_from", "is": ">=", "parameter": "since"}],
        "parameters": {"since": {"type": "date", "default": "2026-02-01"}},
    }
    assert _rows(_run(definition)) == [("0001",)]
    assert len(_rows(_run(definition, since="2025-01-01"))) == 4
    with pytest.raises(DeclarationError, match="mine: parameter since: the value is no date"):
        _run(definition, since="soon")
    with pytest.raises(RequestError, match="it has no parameter 'until'"):
        _run(definition, until="2026-01-01")
    bare = definition | {"parameters": {"since": {"type": "date"}}}
    with pytest.raises(RequestError, match="'since' needs a value"):
        _run(bare)


@pytest.mark.parametrize(
    ("definition", "message"),
    [
        (
            {"dataset": "people", "columns": ["a"]},
            "there is no dataset 'people'; known: benefit_cost",
        ),
        ({"columns": ["ssn"]}, "dataset enrollment_census has no column 'ssn'"),
        ({"columns": ["last_name; drop table x"]}, "columns.0 is not as it must be: pattern"),
        ({"columns": ["last_name"], "sql": "select 1"}, "the declaration has an unknown key: sql"),
        ({"columns": []}, "columns is not as it must be: minItems"),
        ({}, "needs columns or measures"),
        (
            {"columns": ["last_name"], "filters": [{"column": "last_name", "is": "like"}]},
            "filters.0.is is not as it must be: enum",
        ),
        (
            {"columns": ["last_name"], "filters": [{"column": "salary", "is": "missing"}]},
            "has no column 'salary'",
        ),
        (
            {"columns": ["last_name"], "filters": [{"column": "last_name", "is": "="}]},
            "value too many or too few",
        ),
        (
            {
                "columns": ["last_name"],
                "filters": [{"column": "last_name", "is": "=", "parameter": "who"}],
            },
            "unknown parameter 'who'",
        ),
        (
            {
                "columns": ["last_name"],
                "filters": [{"column": "covered_from", "is": "=", "value": "yesterday"}],
            },
            "the filter on covered_from: the value is no date",
        ),
        (
            {"columns": ["last_name"], "sort": [{"column": "nowhere"}]},
            "cannot be sorted by 'nowhere'",
        ),
        (
            {"measures": [{"name": "x", "of": "sum", "column": "last_name"}]},
            "last_name is text, which has no sum",
        ),
        (
            {
                "groups": ["plan_name"],
                "columns": ["last_name"],
                "measures": [{"name": "n", "of": "count"}],
            },
            "not both",
        ),
        ([], "is not as it must be: type"),
    ],
)
def test_what_is_wrong_is_one_clear_line(definition: Any, message: str) -> None:
    content = (
        {"dataset": "enrollment_census", **definition}
        if isinstance(definition, dict)
        else definition
    )
    with pytest.raises(DeclarationError) as caught:
        custom_report(content, "mine")
    assert message in str(caught.value)
    assert str(caught.value).startswith("mine: ")
    assert "\n" not in str(caught.value)


def test_the_census_is_a_declaration_like_any_other() -> None:
    report = find("enrollment_census")
    assert report.rows == (MODEL,)
    assert report.sensitivity == "pii"
    request = ReportRequest(COMPANY, FACTS.as_of, period="2026-10")
    document = report.build(_rows_of(5), request, FACTS)
    assert document.tables()[0].frame.height == 5
    assert load_declared("enrollment_census").title == "Enrollment census"


def test_the_class_of_a_dataset_stays_when_it_is_grouped() -> None:
    measures = [{"name": "n", "of": "count"}]
    grouped = custom_report({"dataset": "enrollment_census", "measures": measures})
    assert grouped.sensitivity == "pii"
    assert (
        custom_report({"dataset": "benefit_cost", "measures": measures}).sensitivity == "aggregate"
    )


def test_every_catalogued_column_stands_in_its_model() -> None:
    declared: dict[str, set[str]] = {}
    for path in (ROOT / "dbt" / "models").rglob("_*.yml"):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", ()):
            declared[model["name"]] = {column["name"] for column in model.get("columns", ())}
    for dataset in catalogue().values():
        wanted = set(dataset.fields) | {f.reason for f in dataset.fields.values() if f.reason}
        assert wanted <= declared[dataset.model], dataset.name


def test_the_documented_example_runs() -> None:
    text = (ROOT / "docs" / "custom-reports.md").read_text(encoding="utf-8")
    example = json.loads(text.split("```json")[1].split("```")[0])
    document = _run(example, since="2020-01-01")
    names = [field.name for field in document.tables()[0].fields]
    assert names == ["department_name", "people", "total", "total_status"]
