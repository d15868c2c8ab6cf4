{{ config(materialized='view') }}

{# Twelve months a year over the rows that hold for several: a page asks for one company or person, and only that is expanded. #}
select
  decided.company_id, decided.employee_id, decided.tax_year, decided.ein, decided.employee_number,
  month_of_year.month, decided.employed, decided.full_time, decided.lnap, decided.lnap_id, decided.line_14,
  decided.line_15, decided.line_16, decided.line_17, decided.plan_start_month, decided.age, decided.rule_14,
  decided.rule_15, decided.rule_16, decided.form, decided.unknown_reason, decided.computed_14, decided.computed_16,
  decided.is_line_14_unknown, decided.is_line_15_unknown, decided.is_line_16_unknown,
  decided.is_plan_start_unknown
from {{ ref('rpt_aca_1095c__decided') }} as decided
inner join ({{ months_of_year() }}) as month_of_year on month_of_year.month between decided.month and decided.last_month
