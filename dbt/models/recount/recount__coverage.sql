{{ config(materialized='table') }}

{# Every enrollment that covers somebody, and from when to when; 9999-12-31 is an open end. #}
with enrollment as (
  select
    *,
    case
      when coverage_end_date is null then {{ open_end('termination_date') }}
      when termination_date is null or coverage_end_date < termination_date then coverage_end_date
      else termination_date
    end as last_day
  from {{ ref('stg_benefits__enrollment') }}
  where enrollment_status in ('Active', 'Terminated', 'Approved')
),

refused as (
  select enrollment.enrollment_id
  from enrollment
  inner join {{ ref('stg_hr__benefit_offer') }} as offer
    on enrollment.employee_id = offer.employee_id
    and enrollment.benefit_plan_id = offer.benefit_plan_id
  where offer.response = 'waived'
    and offer.coverage_from <= {{ open_end('offer.coverage_to') }}
    and enrollment.coverage_start_date <= {{ open_end('offer.coverage_to') }}
    and enrollment.last_day >= offer.coverage_from
  group by enrollment.enrollment_id
)

select
  enrollment.enrollment_id,
  enrollment.enrollment_number,
  enrollment.company_id,
  enrollment.employee_id,
  coalesce(person.person_key, enrollment.employee_id) as person,
  enrollment.benefit_plan_id,
  coalesce(enrollment.provider_config_id, plan.provider_config_id) as provider_config_id,
  enrollment.enrollment_type,
  enrollment.coverage_level,
  enrollment.contribution_frequency,
  enrollment.employee_contribution_amount,
  enrollment.employer_contribution_amount,
  plan.benefit_type as plan_kind,
  coalesce(plan.is_mec, false) as is_mec,
  coalesce(plan.benefit_type = 'health' and plan.is_self_insured, false) as is_modelled,
  enrollment.dependents,
  enrollment.coverage_start_date as first_day,
  enrollment.last_day,
  case when refused.enrollment_id is null then 0 else 1 end as in_conflict
from enrollment
left join {{ ref('stg_hr__employee') }} as person on enrollment.employee_id = person.employee_id
left join {{ ref('stg_hr__benefit_plan') }} as plan on enrollment.benefit_plan_id = plan.benefit_plan_id
left join refused on enrollment.enrollment_id = refused.enrollment_id
where enrollment.coverage_start_date <= enrollment.last_day
