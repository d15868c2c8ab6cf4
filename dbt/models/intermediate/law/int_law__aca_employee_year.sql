{# Somebody of no stated kind without a day of employment is covered without being an employee: a survivor, a former spouse who
   continues. With employment it is not known whether that makes an employee. #}
with touched as (
  select company_id, employee_id, start_date as from_date, {{ open_end('end_date') }} as to_date, 1 as is_work
  from {{ ref('stg_hr__employment_period') }}
  union all
  select company_id, employee_id, coverage_from as from_date, {{ open_end('coverage_to') }} as to_date, 0 as is_work
  from {{ ref('stg_hr__benefit_offer') }}
  union all
  select company_id, employee_id, covered_from as from_date, {{ open_end('covered_to') }} as to_date, 0 as is_work
  from {{ ref('int_enrollment__coverage_interval') }}
),

touched_person as (
  select
    company_id, employee_id, max(is_work) as has_worked
    {%- for back in range(years_back() + 1) %},
    max(case when from_date <= make_date(year({{ as_of() }}) - {{ back }}, 12, 31) and to_date >= make_date(year({{ as_of() }}) - {{ back }}, 1, 1)
      then 1 else 0 end) as is_touched_{{ back }}
    {%- endfor %}
  from touched
  group by company_id, employee_id
),

person_year as (
  {%- for back in range(years_back() + 1) %}
  select person.company_id, person.employee_id, person.has_worked, year_in_scope.tax_year
  from touched_person as person
  inner join (select tax_year from {{ ref('int_law__aca_month') }} group by tax_year) as year_in_scope
    on year_in_scope.tax_year = year({{ as_of() }}) - {{ back }}
  where person.is_touched_{{ back }} = 1
  {{ 'union all' if not loop.last }}
  {%- endfor %}
),

twice as (
  select company_id, person_key
  from {{ ref('stg_hr__employee') }}
  where person_key is not null
  group by company_id, person_key
  having count(*) > 1
),

quarantined as (
  select company_id, employee_id
  from {{ ref('stg_landing__rejected') }}
  where table_name in (
    'employment_period', 'benefit_offer', 'benefits_enrollment', 'hours_of_service', 'coverage_basis', 'leave_period',
    'multiemployer_contribution', 'contribution_adjustment', 'benefit_plan', 'plan_year', 'plan_rate', 'ichra_allowance',
    'aca_employer_year', 'measurement_policy', 'data_completeness', 'employee'
  )
  group by company_id, employee_id
),

last_ended as (
  select case when {{ year_end(as_of()) }} = {{ as_of() }} then year({{ as_of() }}) else year({{ as_of() }}) - 1 end as tax_year
),

employer_year as (
  select
    company_id, tax_year, ale_status, first_ale_year, offered_prior_year, use_1a, safe_harbor_order, full_time_basis,
    form_for_everyone, non_employee_form, fpl_choice, silver_month_rule,
    row_number() over (partition by company_id, tax_year order by aca_employer_year_id) as place
  from {{ ref('stg_hr__aca_employer_year') }}
)

select
  person_year.company_id,
  company.ein,
  person_year.employee_id,
  employee.employee_number,
  person_year.tax_year,
  employee.date_of_birth,
  employee.original_hire_date,
  case when employer_year.ale_status in ('ale', 'not_ale') then employer_year.ale_status end as ale_status,
  coalesce(employer_year.first_ale_year, false) as is_first_ale_year,
  coalesce(employer_year.offered_prior_year, false) as is_offered_prior_year,
  coalesce(employer_year.use_1a, false) as uses_1a,
  coalesce(employer_year.safe_harbor_order, '["2G","2H","2F"]') as safe_harbor_order,
  coalesce(employer_year.full_time_basis, 'hours') as full_time_basis,
  coalesce(employer_year.form_for_everyone, false) as is_form_for_everyone,
  coalesce(employer_year.non_employee_form, '1095-C') as non_employee_form,
  coalesce(employer_year.fpl_choice, 'highest') as fpl_choice,
  coalesce(employer_year.silver_month_rule, 'coverage_month') as silver_month_rule,
  coalesce(employee.worker_type, 'employee') in ('employee', 'retiree', 'other') as is_common_law,
  case
    when company_quarantined.company_id is not null then 'company_quarantined'
    when person_quarantined.employee_id is not null then 'person_quarantined'
    when twice.person_key is not null then 'person_twice'
    when employee.worker_type = 'other' and (person_year.has_worked = 1 or {{ table_known('employment_period') }} = 0) then 'worker_other'
  end as block_reason
from person_year
inner join {{ ref('stg_hr__company') }} as company on person_year.company_id = company.company_id
left join {{ ref('stg_hr__employee') }} as employee on person_year.employee_id = employee.employee_id
left join employer_year
  on person_year.company_id = employer_year.company_id
  and person_year.tax_year = employer_year.tax_year
  and employer_year.place = 1
left join twice on employee.company_id = twice.company_id and employee.person_key = twice.person_key
left join quarantined as company_quarantined
  on person_year.company_id = company_quarantined.company_id and company_quarantined.employee_id is null
left join quarantined as person_quarantined on person_year.employee_id = person_quarantined.employee_id
  and person_year.company_id = person_quarantined.company_id
cross join last_ended
where employer_year.company_id is not null or person_year.tax_year = last_ended.tax_year
