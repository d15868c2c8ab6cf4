"""Every case of the corpus that concerns reading, checks or keys has a test that names it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.unit.warehouse.bad_inputs import file_cases, value_cases

TESTS = Path(__file__).resolve().parents[3]
WHOLE_FILES, VALUES_AND_ROWS = range(1, 49), range(49, 141)
ELSEWHERE = {
    3: "bad_inputs/test_bad_keys.py",
    22: "test_landing.py",
    35: "test_formats.py",
    37: "test_formats.py",
    44: "test_landing.py",
    45: "test_formats.py",
    46: "test_formats.py",
    47: "test_formats.py",
    69: "test_postgres_changes.py",
    140: "test_landing.py",
    181: "test_postgres_changes.py",
    182: "test_postgres_changes.py",
}
NOT_BUILT = {
    115: "what changed since a filing needs the filings' sealed rows",
    126: "stored metrics are compared in dbt: reconciled columns of the marts",
}


def test_every_case_is_tested_or_said_to_be_missing() -> None:
    cases = {case.number for case in value_cases.CASES}
    cases |= {case.number for case in file_cases.CASES.values()}
    keys = (Path(__file__).with_name("test_bad_keys.py")).read_text("utf-8")
    named = {int(n) for n in re.findall(r"BI-(\d{3})|bi_(\d{3})", keys) for n in n if n}
    for first, last in re.findall(r"BI-(\d{3}) to BI-(\d{3})", keys):
        named |= set(range(int(first), int(last) + 1))
    for names in re.findall(r"def test_bi((?:_\d{3})+)_", keys):
        named |= {int(n) for n in names.strip("_").split("_")}
    wanted = {*WHOLE_FILES, *VALUES_AND_ROWS, 181, 182}
    assert wanted - cases - named - set(ELSEWHERE) - set(NOT_BUILT) == set()


def test_a_case_that_is_tested_elsewhere_is_named_there() -> None:
    folder = TESTS / "unit" / "warehouse"
    for number, place in ELSEWHERE.items():
        text = (folder / place).read_text("utf-8")
        assert f"BI-{number:03d}" in text or f"bi_{number:03d}" in text, f"BI-{number:03d}"
