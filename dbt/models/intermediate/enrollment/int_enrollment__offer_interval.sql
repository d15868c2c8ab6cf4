with offer as (
  select * from {{ ref('stg_hr__benefit_offer') }}
),

employee as (
  select employee_id, person_key from {{ ref('stg_hr__employee') }}
),

plan as (
  select benefit_plan_id, provider_config_id from {{ ref('stg_hr__benefit_plan') }}
)

select
  offer.benefit_offer_id,
  offer.company_id,
  offer.employee_id,
  coalesce(employee.person_key, offer.employee_id) as person_key,
  offer.benefit_plan_id,
  plan.provider_config_id,
  offer.reason,
  offer.response,
  coalesce(offer.response in ('elected', 'waived'), false) as is_answered,
  offer.coverage_from,
  offer.coverage_to
from offer
left join employee on offer.employee_id = employee.employee_id
left join plan on offer.benefit_plan_id = plan.benefit_plan_id
