"""Hypothesis searches small histories for a month that costs something else, and shrinks it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.oracles.conftest import Stacked
from tests.oracles.cost_oracle import month_costs
from tests.oracles.direct import CompiledModels
from tests.oracles.draw import AS_OF
from tests.oracles.facts import (
    Company,
    Employee,
    Employer,
    Employment,
    Enrollment,
    PayDate,
    Plan,
    Rate,
    landing_rows,
)

_MODELS = (
    "stg_benefits__enrollment", "stg_hr__employee", "stg_hr__benefit_plan", "stg_hr__benefit_offer",
    "stg_hr__employment_period", "stg_hr__pay_calendar", "stg_hr__plan_rate",
    "stg_hr__benefits_budget", "int_enrollment__coverage_interval",
    "int_enrollment__employment_interval", "int_enrollment__employment_segment",
    "int_enrollment__month", "int_cost__rate_segment",
    "int_cost__bearing_span", "int_cost__enrollment_piece",
    "int_cost__enrollment_span", "int_cost__enrollment_month",
)  # fmt: skip


def _id(number: int) -> str:
    return str(UUID(int=number))


_COMPANY, _EMPLOYEE = _id(1), _id(2)
_days = st.dates(date(2023, 11, 20), date(2025, 6, 10))
_amounts = st.none() | st.integers(0, 99_999).map(lambda cents: Decimal(cents) / 100)
_rhythms = st.none() | st.sampled_from(("weekly", "biweekly", "semimonthly", "monthly"))


@st.composite
def _enrollments(draw: st.DrawFn, number: int) -> Enrollment:
    start = draw(_days)
    return Enrollment(
        _id(100 + number), _COMPANY, _EMPLOYEE, f"E{number}", _id(draw(st.integers(10, 11))),
        start, start, draw(st.sampled_from(("Active", "Terminated", "Approved", "Pending"))),
        coverage_end_date=draw(st.none() | st.integers(0, 300).map(lambda n: start + timedelta(n))),
        termination_date=draw(st.none() | _days),
        employee_contribution_amount=draw(_amounts),
        employer_contribution_amount=draw(_amounts),
        contribution_frequency=draw(
            st.none() | st.sampled_from(("Monthly", "Pay Period", "Quarterly", "Annually"))
        ),
        coverage_level=draw(st.sampled_from(("Employee Only", "Family", None))),
    )  # fmt: skip


@st.composite
def _employments(draw: st.DrawFn, number: int) -> Employment:
    start = draw(_days)
    end = draw(st.none() | st.integers(0, 400).map(lambda n: start + timedelta(n)))
    return Employment(
        _id(200 + number), _EMPLOYEE, _COMPANY, start, end,
        contribution_class=draw(st.sampled_from((None, "A"))), pay_frequency=draw(_rhythms),
    )  # fmt: skip


@st.composite
def _employers(draw: st.DrawFn) -> Employer:
    kinds = st.sampled_from(("health", "dental", "hsa"))
    plans = tuple(
        Plan(_id(n), _COMPANY, "P", f"C{n}", draw(kinds), None, draw(st.booleans()))
        for n in (10, 11)
    )
    rhythm = draw(st.sampled_from(("weekly", "biweekly")))
    first, step = (
        date(2024, 1, 1) + timedelta(draw(st.integers(0, 13))),
        7 if rhythm == "weekly" else 14,
    )
    dates = tuple(
        PayDate(_id(400 + n), _COMPANY, rhythm, first + timedelta(step * n)) for n in range(53)
    )
    rates = tuple(
        Rate(_id(300 + n), _id(10), "Employee Only", draw(_days), Decimal(500 + n), Decimal(1),
             contribution_class=draw(st.sampled_from((None, "A", "B"))))
        for n in range(draw(st.integers(0, 2)))
    )  # fmt: skip
    return Employer(
        Company(_COMPANY, "One", "900000000"), plans=plans, rates=rates, pay_dates=dates,
        employees=(Employee(_EMPLOYEE, _COMPANY, "1"),),
        employments=tuple(draw(_employments(n)) for n in range(draw(st.integers(0, 2)))),
        enrollments=tuple(draw(_enrollments(n)) for n in range(draw(st.integers(1, 3)))),
    )  # fmt: skip


@pytest.fixture(scope="module")
def compiled(stacked: Stacked) -> CompiledModels:
    return CompiledModels(stacked.warehouse, _MODELS)


@settings(max_examples=200, deadline=None, derandomize=True,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(employer=_employers())
def test_no_small_history_costs_something_else(
    compiled: CompiledModels, employer: Employer
) -> None:
    compiled.load(landing_rows([employer]))
    actual = {
        (row["enrollment_id"], row["month_start"]):
        (row["employee_cost"], row["employer_cost"], row["total_cost"], row["employee_savings"])
        for row in compiled.rows("intermediate.int_cost__enrollment_month")
    }  # fmt: skip
    expected = {
        (cost.enrollment.id, cost.month): (cost.employee, cost.employer, cost.total, cost.savings)
        for cost in month_costs(employer, AS_OF)
    }
    assert actual == expected
