{{ config(materialized='ephemeral') }}

with bearing as (
  select * from {{ ref('int_cost__bearing_month') }}
),

plan as (
  select
    benefit_plan.benefit_plan_id,
    kind.cost_category,
    kind.benefit_type,
    kind.is_savings,
    benefit_plan.benefit_type = 'health' and coalesce(benefit_plan.is_self_insured, false) as is_modelled
  from {{ ref('stg_hr__benefit_plan') }} as benefit_plan
  left join {{ ref('code_benefit_type') }} as kind
    on benefit_plan.benefit_type = kind.plan_benefit_type
),

segment as (
  select * from {{ ref('int_enrollment__employment_segment') }}
)

select
  bearing.enrollment_id,
  bearing.company_id,
  bearing.employee_id,
  bearing.person_key,
  bearing.benefit_plan_id,
  bearing.provider_config_id,
  bearing.level_code,
  bearing.is_response_conflict,
  bearing.month_start,
  bearing.month_end,
  bearing.year,
  bearing.month,
  bearing.bearing_day,
  plan.cost_category,
  plan.benefit_type,
  plan.is_savings,
  coalesce(plan.is_modelled, false) as is_modelled,
  segment.department_id,
  segment.contribution_class,
  segment.pay_frequency
from bearing
left join plan on bearing.benefit_plan_id = plan.benefit_plan_id
left join segment
  on bearing.employee_id = segment.employee_id
  and bearing.bearing_day >= segment.segment_from
  and bearing.bearing_day <= {{ open_end('segment.segment_to') }}
