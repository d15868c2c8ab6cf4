"""JSON values: what the strict parse refuses, what the schemas refuse, and what neither minds."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.json_values import parse, published, schema_of, settled, validate

DEPENDENTS = ("benefits_enrollment", "dependents")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[{"first_name":"A",]', "json.syntax"),
        ('{"first_name":"A"}', "json.shape at $"),
        ("[1]", "json.shape at $[0]"),
        ('[{"dob":"2010-01-01","dob":"2011-01-01"}]', "json.duplicate_key"),
        ('[{"share":NaN}]', "json.number"),
        ('[{"share":1e999}]', "json.number"),
        ("[" * 100_000, "json.depth"),
        ("[" * 33 + "]" * 33, "json.depth"),
        ('[{"note":"' + "x" * 1_048_577 + '"}]', "json.size"),
        ("[" + ",".join(["{}"] * 10_001) + "]", "json.elements"),
        ('[{"first_name":"\\ud800"}]', "json.surrogate"),
        ('[{"dob":"2010-1-1"}]', "json.value at $[0].date_of_birth"),
        (
            '[{"dob":"2010-01-01","birth_date":"2010-01-02"}]',
            "json.alias_conflict at $[0].date_of_birth",
        ),
    ],
)
def test_a_bad_value_is_named_by_reason_and_place(text: str, reason: str) -> None:
    assert validate(*DEPENDENTS, text) == [reason]


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "null",
        '[{"ssn": 12345678}]',
        '[{"first_name":"Ada","coverage_start_date":"2024-01-01","coverage_end":null}]',
        '[{"a brace in text":"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["}]',
        "[" + ",".join(["{}"] * 100) + "]",
    ],
)
def test_a_good_value_is_not_complained_about(text: str) -> None:
    assert validate(*DEPENDENTS, text) == []


def test_a_reason_never_carries_the_value() -> None:
    reasons = validate(*DEPENDENTS, '[{"date_of_birth":"canary"},{"canary":1,"canary":2}]')
    assert reasons
    assert "canary" not in " ".join(reasons)


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        ("benefit_plan.funding_arrangement", '["insurance","trust"]', '["insurance","gold"]'),
        ("benefit_plan.benefit_arrangement", "[]", '["trust","trust"]'),
        ("benefit_plan.feature_codes", '["4A","4B"]', '["A4"]'),
        ("plan_contract.benefit_types", '["dental","other"]', '["teeth"]'),
        ("plan_fee.service_codes", '["12","50"]', '["1"]'),
        ("aca_employer_year.safe_harbor_order", '["2H","2F"]', '["2C"]'),
        ("benefits_reporting_requirements.recipient_roles", '["AUDITOR"]', '[""]'),
        ("benefits_reporting_requirements.distribution_list", '["a@b.test"]', '["a@b.test,c@d"]'),
        ("benefits_reporting_requirements.distribution_list", "[]", '["a@b.c\\r\\nBcc: d@e.f"]'),
        ("benefits_reporting_requirements.template_config", '{"report":"x"}', '["x"]'),
        ("benefits_reporting_requirements.scheduling_config", '{"cron":"0 7 * * 1"}', '{"cron":7}'),
        (
            "benefits_reporting_requirements.template_config",
            '{"destination":"carrier-sftp"}',
            '{"destination":"sftp://host"}',
        ),
    ],
)
def test_every_schema_tells_good_from_bad(column: str, good: str, bad: str) -> None:
    table, name = column.split(".")
    assert validate(table, name, good) == []
    assert validate(table, name, bad) != []


def test_texts_come_back_only_where_they_are_refused_or_spelled_another_way() -> None:
    plain, spaced = '[{"name":"Ünal"}]', '[ {"name" : "\\u00dcnal"} ]'
    assert settled(*DEPENDENTS, ["[]", "{", plain, spaced]) == (
        {"{": ["json.syntax"]},
        {spaced: plain},
    )


def test_keys_are_sorted_and_digits_kept_in_the_one_spelling() -> None:
    found = settled("no_table", "no_column", ['{"b":[1.50,true,null],"a":"/"}'])
    assert found == ({}, {'{"b":[1.50,true,null],"a":"/"}': '{"a":"/","b":[1.50,true,null]}'})


def test_numbers_keep_their_digits() -> None:
    assert str(parse("[0.10]")[0]) == "0.10"


_leaf = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-99, 99),
    st.sampled_from(
        ["insurance", "trust", "2F", "4A", "12", "dental", "a@b.test", "", "2024-01-01", "x" * 300]
    ),
)
_keys = st.sampled_from(["cron", "timezone", "report", "destination", "first_name", "ssn", "other"])
_value = st.one_of(
    _leaf, st.lists(st.one_of(_leaf, st.dictionaries(_keys, _leaf)), max_size=4),
    st.dictionaries(_keys, st.one_of(_leaf, st.dictionaries(_keys, _leaf))),
)  # fmt: skip


@given(value=_value)
def test_our_reading_of_the_schemas_is_that_of_the_standard(value: object) -> None:
    if value is None:
        return
    for table, column in published():
        schema = schema_of(table, column)
        standard = jsonschema.Draft202012Validator(schema).is_valid(value)
        assert (validate(table, column, json.dumps(value)) == []) is standard, (table, column)
