"""The decision tables of Form 1095-C: every state meets one rule, or is refused as unknown."""

from __future__ import annotations

import csv
import re
from itertools import combinations, product
from pathlib import Path

import pytest

DBT = Path(__file__).resolve().parents[2] / "dbt"
YES_NO = ("y", "n")
STATES_14 = {
    "is_whole_year": YES_NO,
    "is_employed": YES_NO,
    "is_relieved": YES_NO,
    "is_offered": YES_NO,
    "is_ichra": YES_NO,
    "is_never_full_time": YES_NO,
    "is_ichra_affordable": YES_NO,
    "ichra_location": ("none", "residence", "worksite"),
    "is_minimum_value": YES_NO,
    "is_qualifying": YES_NO,
    "spouse": ("none", "conditional", "offered"),
    "dependents": YES_NO,
}
STATES_16 = {
    "is_whole_year": YES_NO,
    "is_employed": YES_NO,
    "is_relieved": YES_NO,
    "is_enrolled": YES_NO,
    "is_waiting": YES_NO,
    "is_full_time": YES_NO,
    "is_offered": YES_NO,
    "is_cut_by_termination": YES_NO,
    "harbor": ("2G", "2H", "2F", "none"),
}
ARRANGEMENTS = ("1L", "1M", "1N", "1O", "1P", "1Q", "1R", "1S", "1T", "1U")
OFFERS = ("1A", "1B", "1C", "1D", "1E", "1F", "1J", "1K", *ARRANGEMENTS)
INVALID = {
    *(("1H", code) for code in ("2C", "2F", "2G", "2H")),
    *((offer, code) for offer in OFFERS for code in ("2A", "2E")),
    *(("1A", code) for code in ("2F", "2H")),
    *((offer, code) for offer in ("1F", "1R", "1S") for code in ("2F", "2G", "2H")),
    *(("1G", code) for code in ("2A", "2B", "2C", "2D", "2E", "2F", "2G", "2H")),
}
Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    """The rows of a seed."""
    with (DBT / "seeds" / "codes" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def matching(rules: list[Row], state: Row) -> list[Row]:
    """The rules whose every condition is met; an unknown fact meets only `does not matter`."""
    return [r for r in rules if all(r[name] in {"*", value} for name, value in state.items())]


def states(domains: dict[str, tuple[str, ...]], *more: str) -> list[Row]:
    """Every combination of facts."""
    values = [(*domain, *more) for domain in domains.values()]
    return [dict(zip(domains, chosen, strict=True)) for chosen in product(*values)]


@pytest.mark.parametrize(
    ("name", "domains"), [("code_aca_line_14", STATES_14), ("code_aca_line_16", STATES_16)]
)
def test_every_known_state_meets_exactly_one_rule(
    name: str, domains: dict[str, tuple[str, ...]]
) -> None:
    rules = rows_of(name)
    for state in states(domains):
        found = matching(rules, state)
        assert len(found) == (0 if is_refused(state) else 1), (state, found)


def is_refused(state: Row) -> bool:
    """Facts that contradict each other, or that no code describes: refused before the tables."""
    if state["is_whole_year"] != "n" or state["is_employed"] == "n" or state["is_relieved"] == "y":
        return False
    if state["is_offered"] == "n":
        return state.get("is_enrolled") == "y"  # enrolled in what was not offered
    if state.get("is_ichra", "n") == "n" or state["is_never_full_time"] == "y":
        return False
    if state["is_ichra_affordable"] == "n":
        return False
    return state["ichra_location"] == "none" or state["spouse"] == "conditional"


def can_meet(first: Row, second: Row, names: set[str]) -> bool:
    """Some state, with unknown facts or without, meets both rules."""
    return all("*" in {first[n], second[n]} or first[n] == second[n] for n in names)


@pytest.mark.parametrize(
    ("name", "domains"), [("code_aca_line_14", STATES_14), ("code_aca_line_16", STATES_16)]
)
def test_an_unknown_fact_never_lets_two_rules_speak(
    name: str, domains: dict[str, tuple[str, ...]]
) -> None:
    rules = rows_of(name)
    for first, second in combinations(rules, 2):
        assert not can_meet(first, second, set(domains)), (first, second)
    for rule in rules:
        assert all(rule[n] == "*" or rule[n] in domain for n, domain in domains.items()), rule


def test_no_state_gives_a_pair_of_codes_that_the_agency_rejects() -> None:
    shared = set(STATES_14) & set(STATES_16)
    pairs = product(rows_of("code_aca_line_14"), rows_of("code_aca_line_16"))
    for first, second in pairs:
        line_14, line_16 = first["result"], second["result"]
        if line_14 in {"1A", "1F", "1R", "1S"} and second["harbor"] not in {"*", "none"}:
            continue  # the model claims no harbor beside these codes
        if can_meet(first, second, shared):
            assert (line_14, line_16) not in INVALID, (first, second)


def test_every_code_says_whether_it_takes_an_amount() -> None:
    codes = {row["line_14"] for row in rows_of("code_aca_line_15")}
    assert {row["result"] for row in rows_of("code_aca_line_14")} <= codes


def test_every_reason_a_model_gives_has_words_and_an_owner() -> None:
    known = {row["refusal_id"] for row in rows_of("code_aca_refusal")}
    sql = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("intermediate/law", "reports")
        for path in sorted((DBT / "models" / folder).glob("*aca*.sql"))
    )
    quoted = set(re.findall(r"then '([a-z]+(?:_[a-z0-9]+)+)'", sql))
    quoted |= set(re.findall(r"'([a-z]+(?:_[a-z0-9]+)+)' as refusal_id", sql))
    columns = {"full_time", "part_time", "termination_date", "end_of_month", "at_plan_year_start"}
    columns |= {"not_counted", "not_offered", "no_minimum_value"}  # kinds of exposure
    columns |= {"offer_due", "full_time_reached"}  # kinds of the monitor
    columns |= {"not_ale"}  # the size of an employer
    assert quoted - columns <= known, quoted - columns - known
    assert all(row["owner"] and row["words"] for row in rows_of("code_aca_refusal"))


def test_every_parameter_of_law_has_a_row_for_every_year() -> None:
    with (DBT / "seeds" / "law" / "law_aca.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    pairs = [(row["parameter"], int(row["tax_year"])) for row in rows]
    assert len(pairs) == len(set(pairs))
    parameters = {parameter for parameter, _ in pairs}
    assert set(pairs) == set(product(parameters, range(2014, 2027)))
    assert all((row["status"] == "unknown") == (row["value"] == "") for row in rows)
    assert all(row["citation"] for row in rows)
