"""The codes of Form 1095-C in the warehouse equal the oracle's on thousands of random histories."""

from __future__ import annotations

import os
import random
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

import pytest

from tests.oracles.aca_1094c import months_of
from tests.oracles.aca_1095c import UNKNOWN, Person
from tests.oracles.aca_1095c_bounds import near_the_bounds
from tests.oracles.aca_1095c_compared import differences
from tests.oracles.aca_1095c_every_example import EXAMPLES
from tests.oracles.aca_1095c_example import NOTHING, Example
from tests.oracles.aca_1095c_forms import decide_company
from tests.oracles.aca_1095c_histories import AS_OF, Company, random_company, stacked
from tests.oracles.aca_1095c_people import YEAR
from tests.oracles.aca_exposure import (
    Employer,
    Exposure,
    exposures,
    random_credits,
    random_groups,
)
from tests.oracles.aca_mutants import Lines, mutants
from tests.oracles.build import build, rows_of, write_landing
from tests.oracles.law_mutants import BESIDE, DECIDED, Move, differs, moves, noticed_by
from tests.oracles.test_aca_1095c_tables import rows_of as rows_of_table
from warehouse.database_file import DatabaseFile
from warehouse.replay.replay import opened

SINGLE, CROWDS, CROWD = 2_400, 30, 32
LARGE = (70, 80, 90)  # alone, with more than 30 full-time people
SMALL = range(9_201, 9_241)  # six people beside a large member of their group
EACH = 10  # people at each threshold of the law
MUTANTS = int(os.environ.get("BENEFITS_MUTANTS", "40"))  # of each table; make prove asks for all
TABLES = (
    "company", "aca_employer_year", "benefit_plan", "plan_year", "plan_rate", "measurement_policy",
    "data_completeness", "employee", "employment_period", "benefit_offer", "benefits_enrollment",
    "coverage_basis", "pay_rate", "annual_wages", "hours_of_service", "multiemployer_contribution",
    "contribution_adjustment", "leave_period", "employee_address", "ichra_allowance",
    "silver_premium", "ale_group_member", "ptc_notice",
)  # fmt: skip
NO_1095_C = {NOTHING: "none", "1095-B": "1095-B"}
Published = dict[tuple[str, str, int], dict[int, dict[str, Any]]]
MODELS = tuple(f"+{name}" for name in (*DECIDED, *BESIDE))
COLUMNS = tuple(field.name for field in fields(Exposure))
MOVES = 3  # of all; make prove asks for every one
# values that decide no code, month or assessment: rows of other reports notice them
NO_ORACLE = {
    "affordable_offer_share_pct", "line_15_limit", "return_penalty", "return_penalty_in_30_days",
    "return_penalty_cap", "return_penalty_cap_small_in_30_days", "small_difference_amount",
}  # fmt: skip
NOT_DRAWN = {"age_limit"}  # check C016 needs an ICHRA of somebody over 119; a unit test has one


@pytest.fixture(scope="module")
def companies() -> list[Company]:
    """Many companies of one person, some large enough for shares to matter, some at thresholds."""
    lone = [random_company(seed, 1) for seed in range(1, SINGLE + 1)]
    crowds = [random_company(seed, CROWD) for seed in range(9_001, 9_001 + CROWDS)]
    large = [random_company(9_100 + size, size) for size in LARGE]
    small = [random_company(seed, 6) for seed in SMALL]
    return [*lone, *crowds, *near_the_bounds(1, EACH), *large, *small]


@pytest.fixture(scope="module")
def beside(companies: list[Company]) -> dict[str, list[dict[str, Any]]]:
    """Groups of some of the crowds, and premium credits of some people."""
    crowds, small = companies[SINGLE : SINGLE + CROWDS], companies[-len(SMALL) :]
    return {
        "ale_group_member": random_groups(crowds, small, 5),
        "ptc_notice": random_credits(companies, 6),
    }


@pytest.fixture(scope="module")
def warehouse(
    companies: list[Company],
    beside: dict[str, list[dict[str, Any]]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """One build of all of them."""
    home = tmp_path_factory.mktemp("aca")
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    rows.update(stacked([*companies, *(example.company() for example in EXAMPLES)]) | beside)
    write_landing(home, rows)
    return build(home, AS_OF.isoformat(), MODELS)


@pytest.fixture(scope="module")
def published(warehouse: Path) -> Published:
    """The rows by company, employee and year, then month."""
    found: Published = {}
    for row in rows_of(warehouse, "reports.rpt_aca_1095c__code", "company_id, employee_id, month"):
        key = (str(row["company_id"]), str(row["employee_id"]), int(str(row["tax_year"])))
        found.setdefault(key, {})[int(str(row["month"]))] = row
    return found


def test_every_month_has_the_codes_of_the_oracle(
    companies: list[Company], published: Published
) -> None:
    wrong: list[str] = []
    compared = people = 0
    decided: dict[str, int] = {}
    for company in companies:
        key = company.rows["company"][0]["id"]
        persons = [Person(company.rows, rows, YEAR) for rows in company.people]
        known = [(p, published.get((key, p.employee["id"], YEAR))) for p in persons]
        shown = [(p, months) for p, months in known if months]
        people += len(shown)
        for (person, months), filed in zip(
            shown, decide_company([p for p, _ in shown], AS_OF), strict=True
        ):
            assert months is not None
            assert sorted(months) == list(range(1, 13)), "twelve rows per person"
            compared += 12
            wrong += differences(person, months, filed, decided)
    assert people > 3_000, people
    assert not wrong, f"{len(wrong)} of {compared} months differ:\n" + "\n".join(wrong[:12])
    assert set(decided) >= {"1A", "1B", "1C", "1D", "1E", "1F", "1G", "1H", "1J", "1K"}
    assert set(decided) >= {"1L", "1M", "1N", "1O", "1P", "1Q", "1R", "1S", "1T", "1U"}
    assert set(decided) >= {"2A", "2B", "2C", "2D", "2E", "2F", "2G", "2H", "blank", UNKNOWN}


def test_every_month_of_the_transmittal_is_counted_as_the_oracle_counts(
    companies: list[Company], published: Published, warehouse: Path
) -> None:
    counted = {
        (str(row["company_id"]), int(str(row["month"]))): row
        for row in rows_of(warehouse, "reports.rpt_aca_1094c_monthly__month", "company_id, month")
        if row["tax_year"] == YEAR
    }
    wrong, known = [], 0
    for company in companies:
        key = company.rows["company"][0]["id"]
        people = [Person(company.rows, rows, YEAR) for rows in company.people]
        shown = [p for p in people if (key, p.employee["id"], YEAR) in published]
        if not shown or shown[0].employer["ale_status"] == "not_ale":
            assert (key, 1) not in counted
            continue
        for number, want in enumerate(months_of(shown, AS_OF), 1):
            row = counted[key, number]
            got = (row["mec_offer"], row["full_time_count"], row["total_employee_count"])
            known += None not in got
            if got != (want.offered, want.full_time, want.total):
                wrong.append(f"{key} month {number}: warehouse {got}, oracle {want}")
    assert known > 5_000, known
    assert not wrong, f"{len(wrong)} months differ:\n" + "\n".join(wrong[:12])


def test_every_month_costs_what_the_oracle_counts(
    companies: list[Company],
    published: Published,
    beside: dict[str, list[dict[str, Any]]],
    warehouse: Path,
) -> None:
    costed = {
        (str(row["company_id"]), int(str(row["month"]))): row
        for row in rows_of(warehouse, "reports.rpt_aca_exposure__month", "company_id, month")
        if row["tax_year"] == YEAR
    }
    employers = {}
    for company in companies:
        key = company.rows["company"][0]["id"]
        people = [Person(company.rows, rows, YEAR) for rows in company.people]
        shown = [p for p in people if (key, p.employee["id"], YEAR) in published]
        if shown:
            employers[key] = Employer(key, shown, AS_OF)
    credits = frozenset((row["employee_id"], row["month"]) for row in beside["ptc_notice"])
    wrong, seen = [], {"a": 0, "b": 0, "capped": 0, "shared": 0, "open": 0}
    for key, employer in employers.items():
        if employer.people[0].employer["ale_status"] == "not_ale":
            assert (key, 1) not in costed
            continue
        months = exposures(employers, beside["ale_group_member"], credits, key)
        for number, want in enumerate(months, 1):
            row = costed[key, number]
            got = tuple(row[name] for name in COLUMNS)
            if got != astuple(want):
                wrong.append(f"{key} month {number}: warehouse {got}, oracle {want}")
            seen["a"] += want.a_low > 0
            seen["b"] += want.b_low > 0
            seen["capped"] += bool(want.mec_offer) and 0 < want.b_high < 362 * want.exposed_count
            seen["shared"] += want.reduction not in (None, 30)
            seen["open"] += want.total_low < want.total_high
    assert not wrong, f"{len(wrong)} months differ:\n" + "\n".join(wrong[:12])
    assert all(seen.values()), seen


@pytest.mark.parametrize("line", ["line_14", "line_16"])
def test_a_changed_rule_is_noticed(warehouse: Path, line: str) -> None:
    changed = list(mutants(rows_of_table(f"code_aca_{line}")))
    asked = changed if len(changed) <= MUTANTS else random.Random(3).sample(changed, MUTANTS)
    lines = Lines(warehouse, line)
    missed = [mutant.name for mutant in asked if not lines.is_noticed(mutant)]
    lines.close()
    assert len(missed) <= 0.05 * len(asked), f"{len(missed)} of {len(asked)}: {missed}"


def test_a_moved_value_of_law_is_noticed(warehouse: Path) -> None:
    found = _moved(warehouse, MOVES)
    assert [move.name for move, reports in found.items() if not reports] == []


@pytest.mark.prove
def test_every_moved_value_of_law_is_noticed(warehouse: Path) -> None:
    found = _moved(warehouse, None)
    by_oracle = {move for move, reports in found.items() if set(reports) & set(DECIDED)}
    decisive = {move for move in found if move.parameter not in NO_ORACLE | NOT_DRAWN}
    assert sorted(move.name for move in decisive - by_oracle) == []
    unseen = {move.parameter for move, reports in found.items() if not reports}
    assert unseen <= NOT_DRAWN
    assert sum(not reports for reports in found.values()) <= 0.05 * len(found)


def test_a_turning_month_answers_for_every_month_it_holds(warehouse: Path) -> None:
    people = '"warehouse"."intermediate"."int_law__aca_employee_year"'
    months = '"warehouse"."intermediate"."int_law__aca_month"'
    every_month = (
        "select company_id, employee_id, tax_year, month, month as last_month "
        f"from {people} inner join {months} using (tax_year)"
    )
    landing = warehouse.parents[1] / "landing" / "landing.duckdb"
    with opened(DatabaseFile(warehouse), DatabaseFile(landing)) as replay:
        turning = replay.standing("int_law__aca_turning_month")
        held = replay.connection.execute(
            f"select count(*), sum(last_month - month + 1) from {turning}"
        )
        rows, held_months = held.fetchone() or (0, 0)
        turned = "int_law__aca_turning_month"
        replay.run({turned: every_month}, (*DECIDED, *BESIDE, turned))
        again = replay.connection.execute(f"select count(*) from {replay.made(turned)}")
        assert again.fetchone() == (held_months,)
        assert rows < 0.7 * held_months, "months are held, else nothing is shown"
        assert [name for name in (*DECIDED, *BESIDE) if differs(replay, name)] == []


def _moved(warehouse: Path, sample: int | None) -> dict[Move, tuple[str, ...]]:
    """Which reports notice each value of the year moved by one step, or a few of them."""
    landing = warehouse.parents[1] / "landing" / "landing.duckdb"
    with opened(DatabaseFile(warehouse), DatabaseFile(landing)) as replay:
        asked = list(moves(replay, YEAR))
        if sample is not None:
            drawn = [move for move in asked if move.parameter not in NOT_DRAWN]
            asked = random.Random(5).sample(drawn, sample)
        return {move: noticed_by(replay, move) for move in asked}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_a_worked_example_comes_out_as_written(example: Example, published: Published) -> None:
    rows = example.company().people[0]
    employee = rows["employee"][0]
    months = published[(employee["company_id"], employee["id"], example.year)]
    for lines in example.lines:
        for number in range(lines.first, lines.last + 1):
            row = months[number]
            if lines.line_14 in NO_1095_C:
                assert row["form"] == NO_1095_C[lines.line_14], row["unknown_reason"]
                assert row["line_14"] is None
                continue
            amount = None if row["line_15"] is None else str(row["line_15"])
            got = (row["line_14"], amount, row["line_16"])
            want = (lines.line_14, lines.line_15, lines.line_16)
            if "?" in want:
                assert row["unknown_reason"] is not None
                assert got == tuple(None if code == "?" else code for code in want)
                continue
            assert got == want, (number, row["unknown_reason"])
            zip_code = None if lines.line_14 == "1H" else example.zip
            assert (row["line_17"], row["age"]) == (zip_code, example.age)
            assert row["form"] == "1095-C"
            assert row["plan_start_month"] == example.plan_start
            assert row["unknown_reason"] is None
