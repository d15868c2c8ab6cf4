"""The sample tells one story: its tables agree with the contracts and with each other."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from expectations.contract import Contract
from expectations.frames import identifier, literal, text_pattern
from expectations.json_values import published, validator
from reports.custom.declaration import read_declaration
from tests.unit.data.conftest import Sample

OPEN = "date '9999-12-31'"
COVERED = "e.enrollment_status in ('Active', 'Terminated')"
LAST_DAY = f"coalesce(least(e.coverage_end_date, e.termination_date), e.coverage_end_date, {OPEN})"


def broken(sample: Sample, contract: Contract) -> Iterator[str]:
    table = identifier(contract.table)
    for column in contract.columns:
        name = identifier(column.name)
        wrong = f"not regexp_full_match({name}, {literal(text_pattern(column))})"
        if sample.number(f"select count(*) from raw.{table} where {name} is not null and {wrong}"):
            yield f"{contract.table}.{column.name} does not match its pattern"
        empty = f"select count(*) from {table} where {name} is null"
        if column.required and sample.number(empty):
            yield f"{contract.table}.{column.name} is empty"
    for key in (contract.primary_key, *contract.unique):
        columns = ", ".join(identifier(name) for name in key)
        if sample.number(f"select count(*) - count(distinct ({columns})) from {table}"):
            yield f"{contract.table} repeats {columns}"
    for check in contract.checks:
        if sample.number(f"select count(*) from {table} where not ({check.expression})"):
            yield f"{contract.table} breaks {check.name}"


def test_every_row_keeps_its_contract(sample: Sample, contracts: dict[str, Contract]) -> None:
    found = [line for table in sample.tables for line in broken(sample, contracts[table.table])]
    assert found == []


def test_every_reference_leads_to_a_row_of_the_same_company(
    sample: Sample, contracts: dict[str, Contract]
) -> None:
    written = {table.table for table in sample.tables}
    for table in sorted(written):
        own = {column.name for column in contracts[table].columns}
        for column in contracts[table].columns:
            if column.parent is None or column.parent[0] not in written:
                continue
            parent, key = column.parent
            other = {one.name for one in contracts[parent].columns}
            strays = sample.number(
                f"select count(*) from {identifier(table)} as c left join {identifier(parent)} as p"
                f" on p.{identifier(key)} = c.{identifier(column.name)}"
                f" where c.{identifier(column.name)} is not null and (p.{identifier(key)} is null"
                + (" or c.company_id <> p.company_id" if "company_id" in own & other else "")
                + ")"
            )
            assert strays == 0, f"{table}.{column.name}"


@pytest.mark.parametrize(("table", "column"), published())
def test_json_matches_its_published_schema(sample: Sample, table: str, column: str) -> None:
    if table not in {one.table for one in sample.tables}:
        pytest.fail(f"the sample has no {table}")
    check = validator(table, column)
    values = sample.rows(
        f"select distinct {identifier(column)} from {identifier(table)}"
        f" where {identifier(column)} is not null"
    )
    assert [reason for (text,) in values for reason in check(text)] == []


def test_people_carry_numbers_that_nobody_has(sample: Sample) -> None:
    numbers = "select ssn from employee union all select t.d ->> 'ssn' from (select distinct"
    numbers += " unnest(cast(dependents as json[])) as d from benefits_enrollment) as t"
    outside = (
        "ssn is not null and not regexp_full_match(ssn, '9[0-9]{2}(0[1-9]|[1-4][0-9])[0-9]{4}')"
    )
    assert sample.number(f"select count(*) from ({numbers}) where {outside}") == 0
    assert sample.number("select count(*) - count(distinct ssn) from employee") == 0
    assert sample.number("select count(*) from company where not is_test_data") == 0
    assert sample.number("select count(*) from company where not starts_with(ein, '00')") == 0
    mails = 'select email from employee union all select email from "user"'
    assert sample.number(f"select count(*) from ({mails}) where not email like '%.invalid'") == 0


def test_coverage_lies_within_employment(sample: Sample) -> None:
    employed = f"""select 1 from employment_period as p where p.employee_id = e.employee_id
      and bound.day between p.start_date and coalesce(p.end_date, {OPEN})"""
    for day in ("e.coverage_start_date", LAST_DAY):
        outside = sample.number(
            f"select count(*) from benefits_enrollment as e, lateral (select {day} as day) as bound"
            f" where {COVERED} and bound.day < {OPEN} and not exists ({employed})"
        )
        assert outside == 0, day


def test_an_open_coverage_belongs_to_somebody_still_employed(sample: Sample) -> None:
    assert (
        sample.number(
            f"select count(*) from benefits_enrollment as e where {COVERED} and {LAST_DAY} = {OPEN}"
            " and not exists (select 1 from employment_period as p"
            " where p.employee_id = e.employee_id and p.end_date is null)"
        )
        == 0
    )


def test_nobody_waits_longer_than_ninety_days(sample: Sample) -> None:
    waits = f"""select min(e.coverage_start_date) - p.start_date as days
      from benefits_enrollment as e
      inner join benefit_plan as b on b.id = e.benefit_plan_id and b.benefit_type = 'health'
      inner join employment_period as p on p.employee_id = e.employee_id
        and e.coverage_start_date between p.start_date and coalesce(p.end_date, {OPEN})
        and p.end_reason is distinct from 'transfer'
      where e.enrollment_type = 'New Hire' and e.enrollment_status <> 'Cancelled'
        and not exists (select 1 from employment_period as q
          where q.employee_id = p.employee_id and q.end_date = p.start_date - 1)
      group by p.id, p.start_date"""
    shortest, longest, counted = sample.rows(
        f"select min(days), max(days), count(*) from ({waits})"
    )[0]
    assert counted > 20
    assert 60 <= shortest <= longest <= 90


def test_every_covered_enrollment_answers_an_offer(sample: Sample) -> None:
    unanswered = sample.number(
        f"""select count(*) from benefits_enrollment as e
        where {COVERED} and not exists (select 1 from benefit_offer as o
          where o.employee_id = e.employee_id and o.benefit_plan_id = e.benefit_plan_id
            and o.response = 'elected' and e.coverage_start_date >= o.coverage_from
            and coalesce(e.coverage_end_date, o.coverage_to, {OPEN})
              <= coalesce(o.coverage_to, {OPEN}))"""
    )
    assert unanswered == 0


def test_one_person_has_one_plan_of_a_kind_on_a_day(sample: Sample) -> None:
    assert (
        sample.number(
            f"""with stretch as (
          select e.id, e.employee_id, b.benefit_type, e.coverage_start_date as first,
            {LAST_DAY} as last
          from benefits_enrollment as e
          inner join benefit_plan as b on b.id = e.benefit_plan_id
          where {COVERED})
        select count(*) from stretch as a inner join stretch as b
          on a.employee_id = b.employee_id and a.benefit_type = b.benefit_type and a.id < b.id
          and a.first <= b.last and b.first <= a.last"""
        )
        == 0
    )


def test_contributions_are_the_split_of_the_plan_rate(sample: Sample) -> None:
    split = f"""with pay as (
      select company_id, pay_frequency, year(pay_date) as pay_year, count(*) as pays
      from pay_calendar group by all),
    priced as (
      select e.*, pay.pays, r.employee_cost_monthly as employee,
        r.total_premium_monthly - r.employee_cost_monthly as employer,
        case e.contribution_frequency when 'Monthly' then 1 when 'Quarterly' then 3
          when 'Annually' then 12 end as months
      from benefits_enrollment as e
      inner join plan_rate as r on r.benefit_plan_id = e.benefit_plan_id
        and r.coverage_level = e.coverage_level
        and e.coverage_start_date between r.from_date and coalesce(r.to_date, {OPEN})
      left join employment_period as p on p.employee_id = e.employee_id
        and e.coverage_start_date between p.start_date and coalesce(p.end_date, {OPEN})
      left join pay on pay.company_id = e.company_id and pay.pay_frequency = p.pay_frequency
        and pay.pay_year = year(e.coverage_start_date)
      where e.enrollment_status <> 'Cancelled')"""
    wrong = (
        "employee_contribution_amount <> round(case when months is null then 12 * employee / pays"
        " else months * employee end, 2) or employer_contribution_amount <>"
        " round(case when months is null then 12 * employer / pays else months * employer end, 2)"
    )
    assert sample.number(f"{split} select count(*) from priced") > 1000
    assert sample.number(f"{split} select count(*) from priced where {wrong}") == 0


def test_all_frequencies_and_a_year_of_27_pays_occur(sample: Sample) -> None:
    frequencies = "select count(distinct contribution_frequency) from benefits_enrollment"
    assert sample.number(frequencies) == 4
    pays = """select distinct count(*) from pay_calendar where pay_frequency = 'biweekly'
      group by company_id, year(pay_date) order by 1"""
    assert [count for (count,) in sample.rows(pays)] == [26, 27]


def test_prices_change_and_a_carrier_leaves_at_the_plan_year(sample: Sample) -> None:
    assert (
        sample.number(
            """select count(*) from plan_rate as a inner join plan_rate as b
        on a.benefit_plan_id = b.benefit_plan_id and a.coverage_level = b.coverage_level
        and b.from_date = a.to_date + 1 and b.total_premium_monthly > a.total_premium_monthly"""
        )
        > 0
    )
    left = """select count(distinct provider_config_id) from benefit_plan
      where termination_date is not null"""
    assert sample.number(left) == 1


def test_one_plan_is_large_enough_to_file_and_one_is_not(sample: Sample) -> None:
    counts = sample.rows(
        f"""select c.ein, count(distinct e.employee_id) from benefits_enrollment as e
        inner join benefit_plan as b on b.id = e.benefit_plan_id and b.wrap_plan_id is not null
        inner join company as c on c.id = e.company_id
        where {COVERED} and e.coverage_start_date <= date '2024-01-01'
          and {LAST_DAY} >= date '2024-01-01'
        group by c.ein order by 2 desc"""
    )
    assert counts[0][1] > 100 > counts[1][1]


def test_health_is_over_budget_and_one_department_drives_it(sample: Sample) -> None:
    overrun = sample.rows(
        """select d.name, sum(a.cost_amount) / sum(a.budget_amount) - 1
        from benefits_cost_analysis as a inner join department as d on d.id = a.department_id
        where a.cost_category = 'Health Insurance' and year(a.analysis_date) = 2025
        group by d.name order by 2 desc"""
    )
    assert overrun[0][0] == "Field Operations"
    assert 0.08 < overrun[0][1] < 0.13
    assert all(abs(share) < 0.04 for _, share in overrun[1:])


def test_life_events_leave_a_trail(sample: Sample) -> None:
    events = "select id from benefits_enrollment where enrollment_type = 'Qualifying Life Event'"
    untold = f"({events}) as e where e.id not in (select enrollment_id from benefits_audit_trail)"
    assert sample.number(f"select count(*) from ({events})") > 10
    assert sample.number(f"select count(*) from {untold}") == 0


def test_the_planted_findings_are_all_there(sample: Sample) -> None:
    planted = {
        "select count(*) from benefits_coverage_details"
        " where coverage_type = 'Health' and pre_existing_conditions <> '[]'": 1,
        "select count(*) from benefits_security_config where session_timeout_minutes > 15": 1,
        "select count(*) from benefits_user_role_assignment"
        " where is_active and expiry_date < date '2025-06-30'": 1,
        "select count(*) from benefits_integration_monitoring where not sla_compliance": 1,
        "select count(*) from benefits_enrollment"
        " where created_by_user_id = approved_by_user_id": 0,
    }
    for sql, count in planted.items():
        assert sample.number(sql) == count, sql
    missing = """select count(*) from benefits_enrollment where dependents like '%"ssn":null%'"""
    assert sample.number(missing) > 0


def test_every_company_asks_for_reports_by_every_way_out(sample: Sample) -> None:
    ways = """select count(distinct delivery_method) from benefits_reporting_requirements
      group by company_id"""
    assert {count for (count,) in sample.rows(ways)} == {5}
    filings = """select count(*) from benefits_reporting_requirements
      where report_type in ('ACA 1095', 'Form 5500') and approval_workflow_id is null"""
    assert sample.number(filings) == 0


def test_every_custom_report_is_declared_well(sample: Sample) -> None:
    declared = sample.rows(
        """select company_id, cast(json_extract(template_config, '$.custom') as varchar)
        from benefits_reporting_requirements where template_config like '{"custom":%'"""
    )
    assert len(declared) == 5
    for name, text in declared:
        assert read_declaration(str(name), json.loads(text)).groups
