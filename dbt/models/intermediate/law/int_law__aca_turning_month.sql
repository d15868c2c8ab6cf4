{#- Every rule of a month compares its first or last day with days of facts, so it answers the same from the month in
   which a fact begins or has ended until the next such month. Listed: each first day, and each day after a last one.
   A day within a month turns that month and the next. Facts of the company turn the month of everybody in it. Who is
   measured without being classed full-time may become eligible in any turning month and so ends waiting some months
   after each. Who is offered an arrangement priced by age and place, is measured by weeks, or works for two members of
   a group turns every month. -#}
with person_year as (
  select person.company_id, person.employee_id, person.tax_year, person.is_first_ale_year,
    {{ turn_id('person', 'make_date(person.tax_year, 1, 1)') }} as year_id
  from {{ ref('int_law__aca_employee_year') }} as person
),

classed as (
  select company_id, employee_id
  from {{ ref('int_law__aca_service') }}
  group by company_id, employee_id
  having min(case when is_expected_full_time or full_time_from is not null then 1 else 0 end) = 1
),

measured as (
  select hours.company_id, hours.employee_id, weekly.company_id is not null as is_weekly
  from {{ ref('int_law__aca_hours') }} as hours
  left join classed on hours.company_id = classed.company_id and hours.employee_id = classed.employee_id
  left join (select company_id from {{ ref('int_law__aca_policy') }} where is_weekly group by company_id) as weekly
    on hours.company_id = weekly.company_id
  where classed.employee_id is null or weekly.company_id is not null
  group by hours.company_id, hours.employee_id, weekly.company_id
),

monthly as (
  select company_id, employee_id from {{ ref('int_law__aca_shared_person') }}
  union
  select company_id, employee_id from {{ ref('int_law__aca_offer') }} where is_ichra
  union
  select company_id, employee_id from measured where is_weekly
),

marked as (
  select company_id, employee_id, month_start from {{ ref('int_law__aca_turn_of_person') }}
  union all
  select person_year.company_id, person_year.employee_id, found.month_start
  from person_year
  inner join {{ ref('int_law__aca_turn_of_company') }} as found
    on person_year.company_id = found.company_id and person_year.tax_year = year(found.month_start)
  union all
  select company_id, employee_id, make_date(tax_year, 1, 1) from person_year
  union all
  select person_year.company_id, person_year.employee_id, {{ add_months('make_date(person_year.tax_year, 1, 1)', 'law.first_year_relief_months') }}
  from person_year
  inner join {{ ref('int_law__by_tax_year') }} as law on person_year.tax_year = law.tax_year
  where person_year.is_first_ale_year
  union all
  select person_year.company_id, person_year.employee_id, month_of_year.month_start
  from person_year
  inner join monthly on person_year.company_id = monthly.company_id and person_year.employee_id = monthly.employee_id
  inner join {{ ref('int_law__aca_month') }} as month_of_year on person_year.tax_year = month_of_year.tax_year
),

followed as (
  select company_id, employee_id, month_start from marked
  union all
  select marked.company_id, marked.employee_id, {{ add_months('marked.month_start', 'law.waiting_full_months') }}
  from marked
  inner join measured on marked.company_id = measured.company_id and marked.employee_id = measured.employee_id
  cross join ({{ law_in_force() }}) as law
),

turning as (
  select person_year.year_id, month(followed.month_start) as month
  from person_year
  inner join followed
    on person_year.company_id = followed.company_id and person_year.employee_id = followed.employee_id
    and person_year.tax_year = year(followed.month_start)
  group by person_year.year_id, month(followed.month_start)
),

held as (
  select year_id, month, lead(month) over (partition by year_id order by month) - 1 as last_month
  from turning
)

select
  person_year.company_id, person_year.employee_id, person_year.tax_year,
  cast(held.month as integer) as month,
  cast(coalesce(held.last_month, 12) as integer) as last_month
from held
inner join person_year on held.year_id = person_year.year_id
