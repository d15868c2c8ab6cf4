select
  enrollment_id,
  enrollment_number,
  company_id,
  employee_id,
  person_key,
  benefit_plan_id,
  provider_config_id,
  enrollment_status,
  enrollment_type,
  coverage_level,
  level_code,
  covered_from,
  covered_to,
  is_covered,
  is_response_conflict
from {{ ref('int_enrollment__coverage_interval') }}
