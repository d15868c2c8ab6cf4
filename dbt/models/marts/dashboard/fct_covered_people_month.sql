with enrollment_month as (
  select * from {{ ref('int_cost__enrollment_month') }}
  where person_key is not null
),

person_month as (
  {% for dimension, item in [
    ('company', "''"),
    ('department', "coalesce(department_id, '')"),
    ('benefit_type', "coalesce(benefit_type, '')"),
    ('provider', "coalesce(provider_config_id, '')"),
  ] -%}
  select
    company_id, '{{ dimension }}' as dimension, {{ item }} as item_id, person_key, month_start
  from enrollment_month
  group by company_id, {{ item ~ ', ' if dimension != 'company' }}person_key, month_start
  {{ 'union all' if not loop.last }}
  {% endfor %}
),

person_year as (
  select
    company_id, dimension, item_id, person_key, {{ year_start('month_start') }} as year_start,
    min(month_start) as first_month
  from person_month
  group by company_id, dimension, item_id, person_key, {{ year_start('month_start') }}
),

company_month as (
  select company_id, month_start, {{ year_start('month_start') }} as year_start
  from enrollment_month
  group by company_id, month_start, {{ year_start('month_start') }}
),

in_month as (
  select company_id, dimension, item_id, month_start, cast(count(*) as integer) as people
  from person_month
  group by company_id, dimension, item_id, month_start
),

new_people as (
  select company_id, dimension, item_id, year_start, first_month, count(*) as people
  from person_year
  group by company_id, dimension, item_id, year_start, first_month
),

in_year as (
  select
    new_people.company_id, new_people.dimension, new_people.item_id, company_month.month_start,
    cast(sum(new_people.people) as integer) as people
  from new_people
  inner join company_month
    on new_people.company_id = company_month.company_id
    and new_people.year_start = company_month.year_start
    and company_month.month_start >= new_people.first_month
  group by new_people.company_id, new_people.dimension, new_people.item_id, company_month.month_start
)

select
  in_year.company_id,
  in_year.dimension,
  in_year.item_id,
  in_year.month_start,
  {{ month_end('in_year.month_start') }} as month_end,
  coalesce(in_month.people, 0) as people_covered,
  in_year.people as people_covered_ytd
from in_year
left join in_month
  on in_year.company_id = in_month.company_id
  and in_year.dimension = in_month.dimension
  and in_year.item_id = in_month.item_id
  and in_year.month_start = in_month.month_start
