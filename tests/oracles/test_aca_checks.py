"""The checks of filled forms: each is registered, evaluated and shown to find its own fault."""

from __future__ import annotations

import re
from itertools import product

import yaml

from tests.oracles.test_aca_1095c_tables import ARRANGEMENTS, DBT, INVALID, OFFERS, rows_of

LAW = DBT / "models" / "intermediate" / "law"
CHECKS = rows_of("code_aca_check")
CODES_14 = (*OFFERS, "1G", "1H")
CODES_16 = ("blank", "2A", "2B", "2C", "2D", "2E", "2F", "2G", "2H")


def evaluated() -> set[str]:
    """The checks that some model evaluates."""
    sql = "\n".join(path.read_text(encoding="utf-8") for path in LAW.glob("int_law__aca_check_*"))
    return set(re.findall(r"'([CIMOT]\d{3})'", sql))


def test_every_check_is_evaluated_or_holds_by_the_way_the_form_is_written() -> None:
    assert {f"C{n:03}" for n in range(1, 31)} <= {row["rule_id"] for row in CHECKS}
    by_construction = {row["rule_id"] for row in CHECKS if row["level"] == "built"}
    assert by_construction == {"C002", "C006", "C026"}
    assert evaluated() == {row["rule_id"] for row in CHECKS} - by_construction
    assert all(row["message"] and row["fix"] and row["citation"] for row in CHECKS)
    assert {row["severity"] for row in CHECKS} == {"error", "warning", "notice"}


def test_every_check_has_a_fixture_that_it_alone_finds() -> None:
    text = (LAW / "_aca_check_unit_tests.yml").read_text(encoding="utf-8")
    tests = yaml.safe_load(text)["unit_tests"]
    shown = {row["rule_id"] for test in tests for row in test["expect"]["rows"]}
    assert shown == evaluated()


def test_every_pair_of_codes_has_one_verdict_and_the_agencys_rejections_are_invalid() -> None:
    verdicts = {(r["line_14"], r["line_16"]): r["verdict"] for r in rows_of("code_aca_combination")}
    assert len(verdicts) == len(rows_of("code_aca_combination"))
    assert set(verdicts) == set(product(CODES_14, CODES_16))
    assert {pair for pair in INVALID if verdicts[pair] != "invalid"} == set()
    assert all(verdicts[code, "2C"] == "valid" for code in ARRANGEMENTS)


def test_what_the_decision_tables_can_say_is_never_invalid() -> None:
    verdicts = {(r["line_14"], r["line_16"]): r["verdict"] for r in rows_of("code_aca_combination")}
    results = {row["result"] for row in rows_of("code_aca_line_14")}
    results |= {row["result"] or "blank" for row in rows_of("code_aca_line_16")}
    assert results == {code for pair in verdicts for code in pair}
