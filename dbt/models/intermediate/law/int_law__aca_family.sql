{# Whether the people of Part III are known. A former spouse who elected to continue is a person with a form of her own
   (Instructions for Forms 1094-C and 1095-C, Part III; 26 CFR 1.6055-1(f)); covered on the employee's, who she is for the plan is
   not known. #}
with year_in_scope as (
  select tax_year, min(month_start) as year_start, max(month_end) as year_end
  from {{ ref('int_law__aca_month') }}
  group by tax_year
),

enrollment as (
  select coverage.company_id, coverage.employee_id, coverage.covered_from, coverage.covered_to, interval_of_enrollment.level_code,
    coalesce(enrollment.dependents, '[]') as dependents
  from {{ ref('int_law__aca_coverage') }} as coverage
  inner join {{ ref('int_enrollment__coverage_interval') }} as interval_of_enrollment
    on coverage.enrollment_id = interval_of_enrollment.enrollment_id
  inner join {{ ref('stg_benefits__enrollment') }} as enrollment on coverage.enrollment_id = enrollment.enrollment_id
  where coverage.is_mec and coverage.is_self_insured
),

former_spouse as (
  select person.company_id, person.employee_id, year_in_scope.tax_year
  from {{ ref('int_law__aca_covered_person') }} as person
  inner join year_in_scope on person.covered_from <= year_in_scope.year_end and person.covered_to >= year_in_scope.year_start
  where replace(replace(person.relationship, '-', ' '), '_', ' ') in ('ex spouse', 'former spouse', 'divorced spouse', 'ex wife', 'ex husband')
    and person.covered_from <= person.covered_to
  group by person.company_id, person.employee_id, year_in_scope.tax_year
)

select
  form.company_id, form.employee_id, form.tax_year, form.employee_number, form.form,
  case
    when max(case when enrollment.level_code is null then 1 else 0 end) = 1 then 'level_unknown'
    when max(case when enrollment.level_code <> 'self' and replace(enrollment.dependents, ' ', '') in ('[]', 'null', '') then 1 else 0 end) = 1
      then 'dependents_missing'
    when max(case when former_spouse.employee_id is not null then 1 else 0 end) = 1 then 'former_spouse'
  end as family_reason
from {{ ref('int_law__aca_form') }} as form
inner join year_in_scope on form.tax_year = year_in_scope.tax_year
inner join enrollment
  on form.company_id = enrollment.company_id and form.employee_id = enrollment.employee_id
  and enrollment.covered_from <= year_in_scope.year_end and enrollment.covered_to >= year_in_scope.year_start
left join former_spouse
  on form.company_id = former_spouse.company_id and form.employee_id = former_spouse.employee_id and form.tax_year = former_spouse.tax_year
group by form.company_id, form.employee_id, form.tax_year, form.employee_number, form.form
