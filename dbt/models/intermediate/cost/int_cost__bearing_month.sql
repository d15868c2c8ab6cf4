{{ config(materialized='ephemeral') }}

with coverage as (
  select
    *,
    count(*) over (partition by company_id, coalesce(person_key, enrollment_id), benefit_plan_id) > 1 as has_sibling
  from {{ ref('int_enrollment__coverage_interval') }}
  where is_covered
),

spine as (
  select * from {{ ref('int_enrollment__month') }}
  where month_start <= {{ as_of() }}
),

covered_month as (
  select
    coverage.enrollment_id,
    coverage.enrollment_number,
    coverage.company_id,
    coverage.employee_id,
    coverage.person_key,
    coverage.benefit_plan_id,
    coverage.provider_config_id,
    coverage.level_code,
    coverage.is_response_conflict,
    coverage.has_sibling,
    coverage.covered_from,
    coverage.covered_to,
    spine.month_start,
    spine.month_end,
    spine.year,
    spine.month,
    case when coverage.covered_from > spine.month_start then coverage.covered_from else spine.month_start end as first_day
  from coverage
  inner join spine
    on coverage.covered_from <= spine.month_end
    and {{ open_end('coverage.covered_to') }} >= spine.month_start
),

sibling as (
  select
    *,
    min(first_day) over (
      partition by company_id, coalesce(person_key, enrollment_id), benefit_plan_id, month_start
    ) as bearing_day
  from covered_month
  where has_sibling
),

ranked as (
  select
    *,
    row_number() over (
      partition by company_id, coalesce(person_key, enrollment_id), benefit_plan_id, month_start
      order by covered_from desc, enrollment_number desc, enrollment_id desc
    ) as place
  from sibling
  where first_day = bearing_day
)

select
  enrollment_id, company_id, employee_id, person_key, benefit_plan_id, provider_config_id,
  level_code, is_response_conflict, month_start, month_end, year, month, bearing_day
from ranked
where place = 1

union all

select
  enrollment_id, company_id, employee_id, person_key, benefit_plan_id, provider_config_id,
  level_code, is_response_conflict, month_start, month_end, year, month, first_day as bearing_day
from covered_month
where not has_sibling
