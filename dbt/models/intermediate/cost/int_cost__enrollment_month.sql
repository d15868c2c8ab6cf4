{{ config(materialized='view') }}

with span as (
  select * from {{ ref('int_cost__enrollment_span') }}
),

spine as (
  select month_start, month_end from {{ ref('int_enrollment__month') }}
)

select
  span.enrollment_id,
  span.company_id,
  span.employee_id,
  span.person_key,
  span.benefit_plan_id,
  span.provider_config_id,
  span.department_id,
  span.cost_category,
  span.benefit_type,
  spine.month_start,
  spine.month_end,
  case when span.covered_from > spine.month_start then span.covered_from else spine.month_start end as bearing_day,
  span.is_modelled,
  span.is_response_conflict,
  span.missing_input,
  {{ month_cost('span', 'spine.month_start') }}
from span
inner join spine on spine.month_start between span.month_from and span.month_to
