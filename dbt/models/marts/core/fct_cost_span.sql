select
  enrollment_id,
  company_id,
  person_key,
  benefit_plan_id,
  is_savings,
  is_modelled,
  month_from,
  month_to,
  spread_months,
  employee_amount,
  employer_amount,
  premium,
  missing_input
from {{ ref('int_cost__enrollment_span') }}
