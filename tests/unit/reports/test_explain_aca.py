"""Every box of the sample's Form 1095-C, explained, replays to what is printed."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from reports.answers.aca import LINES, SOURCE, UNKNOWN, Explainer, replay
from reports.errors import RequestError
from reports.snapshot import Snapshot
from tests.conftest import Published

CODES, SAMPLED = "rpt_aca_1095c__code", 400
COLUMNS = {"line 14": "line_14", "line 15": "line_15", "line 16": "line_16", "line 17": "line_17"}


@pytest.fixture(scope="module")
def snapshot(published: Published) -> Any:
    """The published sample, read only."""
    with published.open() as opened:
        yield opened


@pytest.fixture(scope="module")
def printed(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Random months of all years, by seed: those that are not over yet too."""
    rows = snapshot.table(CODES).to_dicts()
    return random.Random(11).sample(rows, SAMPLED)


def explain(explainer: Explainer, row: dict[str, Any]) -> dict[str, Any]:
    month = date(row["tax_year"], row["month"], 1)
    return explainer.explain(row["employee_number"], month, row["company_id"])


def test_a_random_box_replays_to_its_printed_value(
    snapshot: Snapshot, printed: list[dict[str, Any]]
) -> None:
    explainer = Explainer(snapshot)
    seen: set[str] = set()
    for row in printed:
        answer = explain(explainer, row)
        for line in LINES:
            box, value = answer["lines"][line], row[COLUMNS[line]]
            again = replay(line, box)
            seen.add(str(box["rule_id"]))
            if row["form"] in {"none", "1095-B"}:
                assert value is None
                assert box["value"] == "no form"
                continue
            where = (row["employee_number"], row["month"], line)
            assert box["value"] == again, where
            is_unknown = row.get(f"is_{COLUMNS[line]}_unknown", False) or (
                line == "line 17" and row["is_line_14_unknown"]
            )
            if is_unknown:
                assert again == UNKNOWN, where
            else:
                assert again == ("blank" if value is None else str(value)), where
    assert {"L14-02", "L14-03", "L16-02", "L16-03", "L15-01", "L15-02"} <= seen


def test_every_rule_above_the_one_that_applied_says_what_it_lacked(
    snapshot: Snapshot, printed: list[dict[str, Any]]
) -> None:
    explainer = Explainer(snapshot)
    for row in printed[:60]:
        for line in explain(explainer, row)["lines"].values():
            assert all(rule["because"] for rule in line["passed_over"])
            if line["rule_id"]:
                assert line["citation"]
                assert line["condition"]


def test_only_facts_that_a_rule_asked_for_are_told_and_what_is_open_is_not_called_a_no(
    snapshot: Snapshot, printed: list[dict[str, Any]]
) -> None:
    explainer = Explainer(snapshot)
    opened = 0
    for row in printed:
        lines = explain(explainer, row)["lines"]
        is_relieved_of_price = lines["line 15"]["rule_id"] == "L15-01"
        told = {fact["fact"] for fact in lines["line 15"]["facts"]}
        assert told == ({"line 14"} if is_relieved_of_price else {"line 14", "price"})
        for line in lines.values():
            asked = {name for rule in line["passed_over"] for name in rule["needs"]}
            asked |= set(line["needs"]) | {line["takes"]} - {None}
            asked |= {rule["takes"] for rule in line["passed_over"]} - {None}
            assert {fact["fact"] for fact in line["facts"]} <= asked
            for rule in line["passed_over"]:
                is_open = {entry["is"] for entry in rule["because"]} <= {"?", None}
                assert rule["is_open"] == is_open
                opened += is_open
    assert opened


def test_the_facts_name_source_rows_of_this_person_and_month(
    snapshot: Snapshot, printed: list[dict[str, Any]]
) -> None:
    explainer = Explainer(snapshot)
    found = 0
    for row in printed[:60]:
        own = {
            (r["source_table"], r["source_id"])
            for whose in (row["employee_id"], "")
            for r in snapshot.where(
                SOURCE, {"company_id": row["company_id"], "employee_id": whose}
            ).to_dicts()
        }
        for line in explain(explainer, row)["lines"].values():
            for fact in line["facts"]:
                named = {(source["table"], source["id"]) for source in fact["sources"]}
                assert named <= own
                found += len(named)
    assert found > 1_000


def test_a_person_or_month_that_is_not_published_is_one_clear_line(snapshot: Snapshot) -> None:
    with pytest.raises(RequestError, match="no month 2024-03"):
        Explainer(snapshot).explain("nobody", date(2024, 3, 1))
