select
  benefit_offer_id,
  company_id,
  employee_id,
  person_key,
  benefit_plan_id,
  provider_config_id,
  reason,
  response,
  is_answered,
  coverage_from,
  coverage_to
from {{ ref('int_enrollment__offer_interval') }}
