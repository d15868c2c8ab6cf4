{{ config(materialized='view') }}

select
  decided.company_id, decided.ein, decided.employee_id, decided.employee_number, decided.tax_year,
  month_of_year.month, month_of_year.month_start,
  decided.month_start as decided_from,
  decided.employed, decided.full_time, decided.is_waiting, decided.lnap,
  decided.line_14, decided.line_15, decided.line_16, decided.line_17, decided.plan_start_month, decided.age,
  decided.rule_14, decided.rule_15, decided.rule_16, decided.form,
  decided.computed_14, decided.computed_16, decided.decided_14, decided.decided_16, decided.is_unknown_16,
  decided.override_14, decided.override_15, decided.override_16, decided.override_17,
  decided.reason_14, decided.reason_15, decided.reason_16, decided.form_reason, decided.plan_start_reason
from {{ ref('int_law__aca_decided_month') }} as decided
inner join {{ ref('int_law__aca_month') }} as month_of_year
  on decided.tax_year = month_of_year.tax_year and month_of_year.month between decided.month and decided.last_month
