"""The sample holds every kind of employment, family and plan that the rules must meet."""

from __future__ import annotations

import pytest

from tests.unit.data.conftest import Sample

REHIRED = """select start_date - prior as gap from (
    select *, lag(end_date) over (partition by employee_id order by start_date) as prior
    from employment_period) where start_date - prior > 1"""
SPLIT = "select count(*) from benefits_enrollment where"


@pytest.mark.parametrize(
    ("what", "count"),
    [
        ("a third member of the group", "select count(*) - 2 from ale_group_member"),
        ("a small self-insured employer",
         "select count(*) from benefit_plan as b inner join aca_employer_year as y"
         " using (company_id) where b.is_self_insured and b.benefit_type = 'health'"
         " and y.ale_status = 'not_ale'"),
        ("union staff under a fund", "select count(*) from multiemployer_contribution"),
        ("seasonal staff",
         "select count(*) from employment_period where employment_class = 'seasonal'"),
        ("variable hours",
         "select count(*) from employment_period where employment_class = 'variable_hour'"),
        ("leaves", "select count(*) from leave_period"),
        ("COBRA that somebody pays", "select count(*) from cobra_payment"),
        ("a divorce", "select count(*) from cobra_event where event_type = 'divorce'"),
        ("a child of 26",
         "select count(*) from cobra_event where event_type = 'dependent_age_out'"),
        ("a newborn", f"{SPLIT} enrollment_type = 'Qualifying Life Event'"),
        ("a rehire within 13 weeks", f"select count(*) from ({REHIRED}) where gap <= 91"),
        ("a rehire beyond 13 weeks", f"select count(*) from ({REHIRED}) where gap > 91"),
        ("an ICHRA",
         "select count(*) from benefits_enrollment as e inner join benefit_plan as b"
         " on b.id = e.benefit_plan_id where b.is_ichra"),
        ("a price that changes in mid-year", f"{SPLIT} enrollment_type = 'Coverage Change'"),
    ],
)  # fmt: skip
def test_the_sample_has(what: str, count: str, sample: Sample) -> None:
    assert sample.number(count) > 0, what
