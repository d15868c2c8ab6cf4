{%- set dependent_columns = ['enrollment_id', 'company_id', 'employee_id', 'covered_from', 'covered_to', 'is_ichra'] -%}
with coverage as (
  select coverage.enrollment_id, coverage.company_id, coverage.employee_id, coverage.covered_from, coverage.covered_to, coverage.is_ichra,
    interval_of_enrollment.level_code, enrollment.dependents
  from {{ ref('int_law__aca_coverage') }} as coverage
  inner join {{ ref('int_enrollment__coverage_interval') }} as interval_of_enrollment
    on coverage.enrollment_id = interval_of_enrollment.enrollment_id
  inner join {{ ref('stg_benefits__enrollment') }} as enrollment on coverage.enrollment_id = enrollment.enrollment_id
  where coverage.is_mec and coverage.is_self_insured
),

with_family as (
  select * from coverage where coalesce(level_code, '') <> 'self'
),

element_row as (
  {{ json_elements('with_family', dependent_columns, 'dependents') }}
),

dependent as (
  select
    element_row.company_id, element_row.employee_id,
    {{ json_text('element', 'first_name') }} as first_name,
    {{ json_text('element', 'middle_name') }} as middle_name,
    {{ json_text('element', 'last_name') }} as last_name,
    {{ json_text('element', 'suffix') }} as suffix,
    lower({{ json_text('element', 'relationship') }}) as relationship,
    {{ replace_all(json_text('element', 'ssn'), '[^0-9]') }} as ssn,
    try_cast(substr({{ json_text_any('element', ['date_of_birth', 'birth_date', 'dob']) }}, 1, 10) as date) as date_of_birth,
    try_cast(substr({{ json_text_any('element', ['coverage_start', 'coverage_start_date']) }}, 1, 10) as date) as own_from,
    try_cast(substr({{ json_text_any('element', ['coverage_end', 'coverage_end_date']) }}, 1, 10) as date) as own_to,
    element_row.covered_from, element_row.covered_to, element_row.is_ichra
  from element_row
),

keyed as (
  select
    dependent.*,
    nullif(ssn, '') as own_ssn,
    lower(coalesce(first_name, '') || '|' || coalesce(last_name, '')) as name_key
  from dependent
),

{#- One row may carry a taxpayer number that another row of the same name and birth date lacks. #}
named as (
  select
    keyed.*,
    min(own_ssn) over (partition by company_id, employee_id, name_key, date_of_birth) as ssn_low,
    max(own_ssn) over (partition by company_id, employee_id, name_key, date_of_birth) as ssn_high
  from keyed
),

died as (
  select company_id, employee_id, max(end_date) as died_on
  from {{ ref('stg_hr__employment_period') }}
  where end_reason = 'death'
  group by company_id, employee_id
)

select
  coverage.company_id, coverage.employee_id,
  true as is_employee,
  employee.first_name, employee.middle_name, employee.last_name, employee.suffix,
  'employee' as relationship,
  nullif({{ replace_all("coalesce(employee.ssn, '')", '[^0-9]') }}, '') as ssn,
  employee.date_of_birth,
  coverage.covered_from,
  {{ earlier('coverage.covered_to', 'coalesce(employee.death_date, died.died_on)') }} as covered_to,
  coverage.is_ichra
from coverage
inner join {{ ref('stg_hr__employee') }} as employee on coverage.employee_id = employee.employee_id
left join died on coverage.company_id = died.company_id and coverage.employee_id = died.employee_id
union all
select
  company_id, employee_id,
  false as is_employee,
  first_name, middle_name, last_name, suffix,
  coalesce(relationship, 'other') as relationship,
  coalesce(own_ssn, case when date_of_birth is not null and ssn_low = ssn_high then ssn_low end) as ssn,
  date_of_birth,
  {{ later('own_from', 'covered_from') }} as covered_from,
  {{ earlier('own_to', 'covered_to') }} as covered_to,
  is_ichra
from named
