{# Survivors of somebody who died in an earlier year get the statement of their coverage in their own name: the spouse where one
   is covered, else the only one who is; several without a spouse elect each for themselves, and who did is not on file. #}
with year_in_scope as (
  select tax_year, min(month_start) as year_start, max(month_end) as year_end
  from {{ ref('int_law__aca_month') }}
  group by tax_year
),

listed as (
  select
    person.company_id, person.employee_id, year_in_scope.tax_year, person.is_employee,
    person.first_name, person.middle_name, person.last_name, person.suffix, person.ssn,
    coalesce(person.ssn, lower(coalesce(person.first_name, '') || '|' || coalesce(person.last_name, '') || '|' || coalesce(cast(person.date_of_birth as string), ''))) as identity_key,
    person.relationship in ('spouse', 'domestic_partner', 'domestic partner') as is_spouse
  from {{ ref('int_law__aca_covered_person') }} as person
  inner join year_in_scope on person.covered_from <= year_in_scope.year_end and person.covered_to >= year_in_scope.year_start
  where person.covered_from <= person.covered_to
),

counted as (
  select
    company_id, employee_id, tax_year,
    max(case when is_employee then 1 else 0 end) as has_employee,
    count(distinct case when is_spouse then identity_key end) as spouses,
    count(distinct identity_key) as people
  from listed
  group by company_id, employee_id, tax_year
),

named as (
  select
    listed.company_id, listed.employee_id, listed.tax_year,
    max(listed.first_name) as first_name, max(listed.middle_name) as middle_name, max(listed.last_name) as last_name,
    max(listed.suffix) as suffix, max(listed.ssn) as ssn
  from counted
  inner join listed
    on counted.company_id = listed.company_id and counted.employee_id = listed.employee_id and counted.tax_year = listed.tax_year
  where counted.has_employee = 0
    and ((counted.spouses = 1 and listed.is_spouse) or (counted.spouses = 0 and counted.people = 1))
  group by listed.company_id, listed.employee_id, listed.tax_year
)

select
  counted.company_id, counted.employee_id, counted.tax_year,
  named.first_name,
  substr(named.middle_name, 1, 1) as middle_initial,
  named.last_name,
  named.suffix,
  {{ dashed_ssn('named.ssn') }} as ssn,
  case when named.employee_id is null then 'survivor' end as survivor_reason
from counted
left join named
  on counted.company_id = named.company_id and counted.employee_id = named.employee_id and counted.tax_year = named.tax_year
where counted.has_employee = 0
