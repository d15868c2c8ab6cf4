{{ config(materialized='ephemeral') }}
{%- set of_person = [
  ('employment_period', 'stg_hr__employment_period', 'employment_period_id', 'start_date', 'end_date'),
  ('benefit_offer', 'stg_hr__benefit_offer', 'benefit_offer_id', 'coverage_from', 'coverage_to'),
  ('multiemployer_contribution', 'stg_hr__multiemployer_contribution', 'multiemployer_contribution_id', 'from_date', 'to_date'),
  ('hours_of_service', 'stg_hr__hours_of_service', 'hours_of_service_id', 'period_start', 'period_end'),
  ('pay_rate', 'stg_hr__pay_rate', 'pay_rate_id', 'from_date', 'to_date'),
] -%}
{%- for source_table, model, id, first, last in of_person %}
select
  source.company_id, source.employee_id, '{{ source_table }}' as source_table, source.{{ id }} as source_id,
  source.{{ first }} as from_date, source.{{ last }} as to_date
from {{ ref(model) }} as source
union all
{%- endfor %}
select
  coverage.company_id, coverage.employee_id, 'benefits_enrollment' as source_table, coverage.enrollment_id as source_id,
  coverage.covered_from as from_date, coverage.covered_to as to_date
from {{ ref('int_enrollment__coverage_interval') }} as coverage
union all
select
  enrollment.company_id, enrollment.employee_id, 'coverage_basis' as source_table, basis.coverage_basis_id as source_id,
  basis.from_date, basis.to_date
from {{ ref('stg_hr__coverage_basis') }} as basis
inner join {{ ref('stg_benefits__enrollment') }} as enrollment on basis.enrollment_id = enrollment.enrollment_id
{%- for source_table, id in [('leave_period', 'leave_period_id'), ('employee_address', 'employee_address_id')] %}
union all
select
  employee.company_id, employee.employee_id, '{{ source_table }}' as source_table, source.{{ id }} as source_id, source.from_date, source.to_date
from {{ ref('stg_hr__' ~ source_table) }} as source
inner join {{ ref('stg_hr__employee') }} as employee on source.employee_id = employee.employee_id
{%- endfor %}
union all
select
  company_id, employee_id, 'annual_wages' as source_table, annual_wages_id as source_id,
  make_date(cast(tax_year as integer), 1, 1) as from_date, make_date(cast(tax_year as integer), 12, 31) as to_date
from {{ ref('stg_hr__annual_wages') }}
union all
select
  company_id, employee_id, 'employee' as source_table, employee_id as source_id, cast(null as date) as from_date, cast(null as date) as to_date
from {{ ref('stg_hr__employee') }}
union all
select
  company_id, '' as employee_id, 'aca_employer_year' as source_table, aca_employer_year_id as source_id,
  make_date(cast(tax_year as integer), 1, 1) as from_date, make_date(cast(tax_year as integer), 12, 31) as to_date
from {{ ref('stg_hr__aca_employer_year') }}
union all
select
  company_id, '' as employee_id, 'measurement_policy' as source_table, measurement_policy_id as source_id,
  valid_from as from_date, valid_to as to_date
from {{ ref('stg_hr__measurement_policy') }}
union all
select
  offer.company_id, offer.employee_id, 'benefit_plan' as source_table, offer.benefit_plan_id as source_id,
  min(offer.coverage_from) as from_date,
  case when count(*) = count(offer.coverage_to) then max(offer.coverage_to) end as to_date
from {{ ref('stg_hr__benefit_offer') }} as offer
group by offer.company_id, offer.employee_id, offer.benefit_plan_id
{%- for source_table, id, first, last in [
  ('plan_year', 'plan_year_id', 'start_date', 'end_date'), ('plan_rate', 'plan_rate_id', 'from_date', 'to_date'),
  ('ichra_allowance', 'ichra_allowance_id', 'from_date', 'to_date')] %}
union all
select
  plan.company_id, '' as employee_id, '{{ source_table }}' as source_table, source.{{ id }} as source_id,
  source.{{ first }} as from_date, source.{{ last }} as to_date
from {{ ref('stg_hr__' ~ source_table) }} as source
inner join {{ ref('stg_hr__benefit_plan') }} as plan on source.benefit_plan_id = plan.benefit_plan_id
{%- endfor %}
union all
select
  employee.company_id, employee.employee_id, 'contribution_adjustment' as source_table,
  source.contribution_adjustment_id as source_id, source.from_date, source.to_date
from {{ ref('stg_hr__contribution_adjustment') }} as source
inner join {{ ref('stg_hr__employee') }} as employee on source.employee_id = employee.employee_id
