{# People are counted from the edges of their spans: one more from its first month, one fewer after its last. #}
{% set scope = 'company_id, scope_key' -%}
with spine as (
  select * from {{ ref('int_enrollment__month') }}
  where month_start <= {{ as_of() }}
),

calendar_year as (
  select year, min({{ year_start('month_start') }}) as year_start, max({{ year_end('month_start') }}) as year_end
  from spine
  group by year
),

span as (
  select * from {{ ref('int_enrollment__person_span') }}
),

counted as (
  select kind, {{ scope }}, person_key, span_start, span_end from span
  union all
  select 'both' as kind, covered.company_id, covered.scope_key, covered.person_key,
    {{ later('covered.span_start', 'offered.span_start') }} as span_start,
    {{ earlier('covered.span_end', 'offered.span_end') }} as span_end
  from (select * from span where kind = 'covered') as covered
  inner join (select * from span where kind = 'offered') as offered
    on covered.company_id = offered.company_id
    and covered.scope_key = offered.scope_key
    and covered.person_key = offered.person_key
    and covered.span_start <= offered.span_end
    and covered.span_end >= offered.span_start
),

person_year as (
  select span.kind, span.company_id, span.scope_key, span.person_key, calendar_year.year,
    min({{ later('span.span_start', 'calendar_year.year_start') }}) as month_start
  from span
  inner join calendar_year on span.span_start <= calendar_year.year_end and span.span_end >= calendar_year.year_start
  group by span.kind, span.company_id, span.scope_key, span.person_key, calendar_year.year
),

first_month as (
  select kind || '_first' as figure, {{ scope }}, month_start from person_year
  union all
  select 'both_first' as figure, covered.company_id, covered.scope_key,
    {{ later('covered.month_start', 'offered.month_start') }} as month_start
  from (select * from person_year where kind = 'covered') as covered
  inner join (select * from person_year where kind = 'offered') as offered
    on covered.company_id = offered.company_id
    and covered.scope_key = offered.scope_key
    and covered.person_key = offered.person_key
    and covered.year = offered.year
),

edge as (
  select kind as figure, {{ scope }}, month_start, sum(people) as people
  from (
    select kind, {{ scope }}, span_start as month_start, 1 as people from counted
    union all
    select kind, {{ scope }}, {{ add_days('span_end', 1) }} as month_start, -1 as people from counted
  ) as change
  group by kind, {{ scope }}, month_start
),

figure as (
  select figure, {{ scope }}, month_start, count(*) as people
  from first_month
  group by figure, {{ scope }}, month_start
  union all
  select edge.figure, edge.company_id, edge.scope_key, spine.month_start, sum(edge.people) as people
  from edge
  inner join spine on edge.month_start <= spine.month_start
  group by edge.figure, edge.company_id, edge.scope_key, spine.month_start
)

select
  {{ scope }},
  month_start,
{%- for figure in ['covered', 'offered', 'both', 'covered_first', 'offered_first', 'both_first'] %}
  sum(case when figure = '{{ figure }}' then people else 0 end) as {{ figure }}{{ ',' if not loop.last }}
{%- endfor %}
from figure
group by {{ scope }}, month_start
having sum(people) > 0
