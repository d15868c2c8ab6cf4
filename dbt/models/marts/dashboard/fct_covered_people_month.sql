{# People are counted from the edges of their merged spans: nothing as long as person-months is made. #}
with merged as (
  select * from {{ ref('int_cost__person_span') }}
),

calendar_year as (
  select {{ year_start('month_start') }} as year_start, {{ year_end('month_start') }} as year_end
  from {{ ref('int_enrollment__month') }}
  group by {{ year_start('month_start') }}, {{ year_end('month_start') }}
),

change as (
  select company_id, dimension, item_id, month_start, sum(people) as people
  from (
    select company_id, dimension, item_id, span_start as month_start, 1 as people from merged
    union all
    select company_id, dimension, item_id, {{ add_days('span_end', 1) }} as month_start, -1 as people from merged
  ) as edge
  group by company_id, dimension, item_id, month_start
),

new_people as (
  select company_id, dimension, item_id, year_start, first_month, count(*) as people
  from (
    select
      merged.company_id, merged.dimension, merged.item_id, merged.person_key, calendar_year.year_start,
      min({{ later('merged.span_start', 'calendar_year.year_start') }}) as first_month
    from merged
    inner join calendar_year
      on merged.span_start <= calendar_year.year_end and merged.span_end >= calendar_year.year_start
    group by merged.company_id, merged.dimension, merged.item_id, merged.person_key, calendar_year.year_start
  ) as person_year
  group by company_id, dimension, item_id, year_start, first_month
),

company_month as (
  select change.company_id, spine.month_start, spine.month_end, {{ year_start('spine.month_start') }} as year_start
  from change
  inner join {{ ref('int_enrollment__month') }} as spine on change.month_start <= spine.month_start
  where change.dimension = 'company'
  group by change.company_id, spine.month_start, spine.month_end
  having sum(change.people) > 0
),

in_month as (
  select change.company_id, change.dimension, change.item_id, company_month.month_start, sum(change.people) as people
  from change
  inner join company_month
    on change.company_id = company_month.company_id and change.month_start <= company_month.month_start
  group by change.company_id, change.dimension, change.item_id, company_month.month_start
),

in_year as (
  select
    new_people.company_id, new_people.dimension, new_people.item_id, company_month.month_start, company_month.month_end,
    sum(new_people.people) as people
  from new_people
  inner join company_month
    on new_people.company_id = company_month.company_id
    and new_people.year_start = company_month.year_start
    and company_month.month_start >= new_people.first_month
  group by new_people.company_id, new_people.dimension, new_people.item_id, company_month.month_start, company_month.month_end
)

select
  in_year.company_id,
  in_year.dimension,
  in_year.item_id,
  in_year.month_start,
  in_year.month_end,
  cast(coalesce(in_month.people, 0) as integer) as people_covered,
  cast(in_year.people as integer) as people_covered_ytd
from in_year
left join in_month
  on in_year.company_id = in_month.company_id
  and in_year.dimension = in_month.dimension
  and in_year.item_id = in_month.item_id
  and in_year.month_start = in_month.month_start
