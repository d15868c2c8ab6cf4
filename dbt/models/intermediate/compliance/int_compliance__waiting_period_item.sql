with employment as (
  select
    employee_id,
    start_date,
    max({{ open_end('end_date') }}) over (
      partition by employee_id order by start_date, employment_period_id
      rows between unbounded preceding and 1 preceding
    ) as employed_until
  from {{ ref('int_enrollment__employment_interval') }}
),

spell as (
  select employee_id, start_date as spell_start
  from employment
  where employed_until is null or {{ days_between('employed_until', 'start_date') }} > 1
  group by employee_id, start_date
),

new_hire as (
  select
    coverage.company_id,
    coverage.employee_id,
    coverage.benefit_plan_id,
    coverage.covered_from,
    max(spell.spell_start) as spell_start
  from {{ ref('int_enrollment__coverage_interval') }} as coverage
  inner join {{ ref('stg_hr__benefit_plan') }} as plan on coverage.benefit_plan_id = plan.benefit_plan_id
  inner join spell
    on coverage.employee_id = spell.employee_id
    and spell.spell_start <= coverage.covered_from
  where coverage.is_covered
    and coverage.enrollment_type = 'New Hire'
    and plan.benefit_type = 'health'
  group by coverage.enrollment_id, coverage.company_id, coverage.employee_id, coverage.benefit_plan_id, coverage.covered_from
),

item as (
  select
    company_id,
    employee_id,
    benefit_plan_id,
    {{ days_between('spell_start', 'covered_from') }} > {{ threshold('ACA-001', 'waiting_days') }} as is_failing
  from new_hire
  union all
  select
    enrollment.company_id,
    enrollment.employee_id,
    enrollment.benefit_plan_id,
    details.waiting_period_days > {{ threshold('ACA-001', 'waiting_days') }} as is_failing
  from {{ ref('stg_benefits__coverage_details') }} as details
  inner join {{ ref('int_enrollment__coverage_interval') }} as enrollment
    on details.enrollment_id = enrollment.enrollment_id
  where details.coverage_type = 'Health' and details.waiting_period_days is not null
)

select
  'ACA-001' as rule_id,
  company_id,
  employee_id || '|' || coalesce(benefit_plan_id, '') as grain_key,
  employee_id,
  max(case when is_failing then 1 else 0 end) = 1 as is_failing
from item
where company_id is not null and employee_id is not null
group by company_id, employee_id, benefit_plan_id
