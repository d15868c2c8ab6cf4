{{ config(materialized='view') }}

{# Twelve months a year over the rows that hold for several: a page asks for one company or person, and only that is expanded. #}
select
  decided.company_id, decided.employee_id, decided.employee_number, decided.tax_year, month_of_year.month,
  decided.form, decided.line_14, decided.line_15, decided.line_16, decided.line_17, decided.decided_14,
  decided.computed_14, decided.computed_16, decided.rule_14, decided.rule_15, decided.rule_16, decided.price,
  decided.zip, decided.lnap, decided.none_reason, decided.unknown_14, decided.unknown_15, decided.unknown_16,
  decided.unknown_form, decided.state_14_is_whole_year, decided.state_14_is_employed, decided.state_14_is_relieved,
  decided.state_14_is_offered, decided.state_14_is_ichra, decided.state_14_is_never_full_time,
  decided.state_14_is_ichra_affordable, decided.state_14_ichra_location, decided.state_14_is_minimum_value,
  decided.state_14_is_qualifying, decided.state_14_spouse, decided.state_14_dependents,
  decided.state_16_is_whole_year, decided.state_16_is_employed, decided.state_16_is_relieved,
  decided.state_16_is_enrolled, decided.state_16_is_waiting, decided.state_16_is_full_time,
  decided.state_16_is_offered, decided.state_16_is_cut_by_termination, decided.state_16_harbor
from {{ ref('rpt_aca_explain__decided') }} as decided
inner join ({{ months_of_year() }}) as month_of_year on month_of_year.month between decided.month and decided.last_month
