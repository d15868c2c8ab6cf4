"""The month cost of the warehouse equals the day-by-day oracle on thousands of random histories."""

from __future__ import annotations

from tests.oracles.build import rows_of
from tests.oracles.conftest import HISTORIES, Stacked
from tests.oracles.cost_oracle import MonthCost, month_costs
from tests.oracles.draw import AS_OF


def test_every_month_costs_what_the_oracle_says(stacked: Stacked) -> None:
    employers = (*stacked.histories, *stacked.companies)
    assert sum(len(employer.employees) for employer in employers) >= HISTORIES
    expected: dict[tuple[object, object], object] = {
        (cost.enrollment.id, cost.month): _expected(cost)
        for employer in employers
        for cost in month_costs(employer, AS_OF)
    }
    rows = rows_of(stacked.warehouse, "intermediate.int_cost__enrollment_month", "enrollment_id")
    actual: dict[tuple[object, object], object] = {
        (row["enrollment_id"], row["month_start"]): _actual(row) for row in rows
    }
    assert len(rows) == len(actual), "one row per enrollment and month"
    wrong = {k: (expected.get(k), actual.get(k)) for k in expected.keys() | actual.keys()
             if expected.get(k) != actual.get(k)}  # fmt: skip
    assert not wrong, (
        f"{len(wrong)} of {len(expected)} months differ, first {next(iter(wrong.items()))}"
    )
    assert len(expected) > 20_000, "the histories have months to compare"


def _expected(cost: MonthCost) -> tuple[object, ...]:
    modelled = "modelled" if cost.is_modelled else "measured"
    return (
        cost.person, cost.provider, cost.department, cost.category, cost.benefit_type,
        cost.employee, cost.employer, cost.total, cost.savings,
        "not_measured" if cost.employee is None else "measured",
        "not_measured" if cost.employer is None else modelled,
        "not_measured" if cost.total is None else modelled,
        cost.is_conflict,
    )  # fmt: skip


def _actual(row: dict[str, object]) -> tuple[object, ...]:
    columns = (
        "person_key", "provider_config_id", "department_id", "cost_category", "benefit_type",
        "employee_cost", "employer_cost", "total_cost", "employee_savings",
        "employee_cost_status", "employer_cost_status", "total_cost_status", "is_response_conflict",
    )  # fmt: skip
    return tuple(row[column] for column in columns)
