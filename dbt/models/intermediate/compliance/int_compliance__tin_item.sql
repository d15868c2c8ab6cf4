with coverage as (
  select
    interval_row.company_id,
    interval_row.employee_id,
    interval_row.covered_from,
    interval_row.covered_to,
    enrollment.dependents
  from {{ ref('int_enrollment__coverage_interval') }} as interval_row
  inner join {{ ref('stg_hr__benefit_plan') }} as plan
    on interval_row.benefit_plan_id = plan.benefit_plan_id and plan.is_mec
  inner join {{ ref('stg_benefits__enrollment') }} as enrollment
    on interval_row.enrollment_id = enrollment.enrollment_id
  where interval_row.is_covered
    and interval_row.covered_from <= {{ year_end(as_of()) }}
    and {{ open_end('interval_row.covered_to') }} >= {{ year_start(as_of()) }}
),

dependent as (
  {{ json_elements('coverage', ['company_id', 'employee_id', 'covered_from', 'covered_to'], 'dependents') }}
),

dependent_fact as (
  select
    company_id,
    employee_id,
    lower(trim(coalesce({{ json_text('element', 'first_name') }}, ''))) as first_name,
    lower(trim(coalesce({{ json_text('element', 'middle_name') }}, ''))) as middle_name,
    lower(trim(coalesce({{ json_text('element', 'last_name') }}, ''))) as last_name,
    lower(trim(coalesce({{ json_text('element', 'suffix') }}, ''))) as suffix,
    coalesce({{ json_text_any('element', ['date_of_birth', 'birth_date', 'dob']) }}, '') as birth_date,
    {{ json_text('element', 'ssn') }} as ssn,
    {{ later('covered_from', "cast(" ~ json_text_any('element', ['coverage_start', 'coverage_start_date']) ~ " as date)") }} as covered_from,
    {{ earlier('covered_to', "cast(" ~ json_text_any('element', ['coverage_end', 'coverage_end_date']) ~ " as date)") }} as covered_to
  from dependent
),

company as (
  select company_id, coalesce(is_test_data, false) as is_test_data from {{ ref('stg_hr__company') }}
),

solicitation as (
  select person_kind, person_id, count(*) as solicitations
  from {{ ref('stg_hr__tin_solicitation') }}
  group by person_kind, person_id
),

person as (
  select
    coverage.company_id,
    coverage.employee_id,
    'employee' as person_kind,
    coverage.employee_id as grain_key,
    max(case when {{ is_valid_ssn('employee.ssn', 'company.is_test_data') }} then 1 else 0 end) as has_ssn
  from coverage
  inner join {{ ref('stg_hr__employee') }} as employee on coverage.employee_id = employee.employee_id
  left join company on coverage.company_id = company.company_id
  group by coverage.company_id, coverage.employee_id
  union all
  select
    dependent_fact.company_id,
    dependent_fact.employee_id,
    'dependent' as person_kind,
    dependent_fact.employee_id || '|' || sha1(
      first_name || '|' || middle_name || '|' || last_name || '|' || suffix || '|' || birth_date
    ) as grain_key,
    max(case when {{ is_valid_ssn('dependent_fact.ssn', 'company.is_test_data') }} then 1 else 0 end) as has_ssn
  from dependent_fact
  left join company on dependent_fact.company_id = company.company_id
  where dependent_fact.covered_from <= {{ open_end('dependent_fact.covered_to') }}
    and dependent_fact.covered_from <= {{ year_end(as_of()) }}
    and {{ open_end('dependent_fact.covered_to') }} >= {{ year_start(as_of()) }}
  group by dependent_fact.company_id, dependent_fact.employee_id, first_name, middle_name, last_name, suffix, birth_date
)

select
  'ACA-005' as rule_id,
  person.company_id,
  person.grain_key,
  person.employee_id,
  person.has_ssn = 0 and coalesce(solicitation.solicitations, 0) < {{ threshold('ACA-005', 'solicitations') }} as is_failing
from person
left join solicitation
  on person.person_kind = solicitation.person_kind
  and person.employee_id = solicitation.person_id
where person.company_id is not null
