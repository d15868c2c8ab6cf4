{{ config(materialized='view') }}

with coverage as (
  select * from {{ ref('fct_enrollment') }}
  where is_covered
),

spine as (
  select * from {{ ref('dim_month') }}
  where is_reported
)

select
  coverage.enrollment_id,
  coverage.company_id,
  coverage.employee_id,
  coverage.person_key,
  coverage.benefit_plan_id,
  coverage.provider_config_id,
  coverage.level_code,
  spine.month_start,
  spine.month_end,
  coverage.covered_from <= spine.month_start as is_covered_first_day,
  {{ open_end('coverage.covered_to') }} >= spine.month_end as is_covered_last_day,
  cast(
    {{ days_between(later('coverage.covered_from', 'spine.month_start'), earlier('coverage.covered_to', 'spine.month_end')) }} + 1
    as integer
  ) as covered_days,
  coverage.is_response_conflict
from coverage
inner join spine
  on coverage.covered_from <= spine.month_end
  and {{ open_end('coverage.covered_to') }} >= spine.month_start
