"""The decision tables of Form 1095-C: every state meets one rule, or is refused as unknown."""

from __future__ import annotations

import csv
import re
from itertools import product
from pathlib import Path

import pytest

DBT = Path(__file__).resolve().parents[2] / "dbt"
YES_NO = ("y", "n")
STATES_14 = {
    "is_whole_year": YES_NO,
    "is_employed": YES_NO,
    "is_relieved": YES_NO,
    "is_offered": YES_NO,
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
OFFERS = ("1A", "1B", "1C", "1D", "1E", "1F", "1J", "1K")
INVALID = {
    *(("1H", code) for code in ("2C", "2F", "2G", "2H")),
    *((offer, code) for offer in OFFERS for code in ("2A", "2E")),
    *(("1A", code) for code in ("2F", "2H")),
    *(("1F", code) for code in ("2F", "2G", "2H")),
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
        is_data_error = (
            state.get("is_enrolled") == "y" and state["is_offered"] == "n"
            and state["is_whole_year"] == "n" and state["is_employed"] == "y"
            and state["is_relieved"] == "n"
        )  # fmt: skip
        assert len(found) == (0 if is_data_error else 1), (state, found)


@pytest.mark.parametrize(
    ("name", "domains"), [("code_aca_line_14", STATES_14), ("code_aca_line_16", STATES_16)]
)
def test_an_unknown_fact_never_lets_two_rules_speak(
    name: str, domains: dict[str, tuple[str, ...]]
) -> None:
    rules = rows_of(name)
    used = set()
    for state in states(domains, "?"):
        found = matching(rules, state)
        assert len(found) <= 1, (state, found)
        used |= {rule["rule_id"] for rule in found}
    assert used == {rule["rule_id"] for rule in rules}, "no rule is dead"


def test_no_state_gives_a_pair_of_codes_that_the_agency_rejects() -> None:
    rules_14, rules_16 = rows_of("code_aca_line_14"), rows_of("code_aca_line_16")
    for state in states(STATES_14):
        for more in states({k: v for k, v in STATES_16.items() if k not in STATES_14}):
            both = state | more
            first = matching(rules_14, {name: both[name] for name in STATES_14})
            second = matching(rules_16, {name: both[name] for name in STATES_16})
            if not first or not second:
                continue
            line_14, line_16 = first[0]["result"], second[0]["result"]
            if line_14 in {"1A", "1F"} and both["harbor"] != "none":
                continue  # the model claims no harbor beside these codes
            assert (line_14, line_16) not in INVALID, both


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
