{# For how many days the workforce exceeded the size by seasonal workers, where it did so in more months than are forgiven: 120 days
   are forgiven as four months are, 26 CFR 54.4980H-2(b)(2). On a day a seasonal worker counts at least what the month counts, at
   most one; everybody else as in the month. #}
with above as (
  select
    group_month.company_id, group_month.month_start, group_month.tax_year, law.hours_of_one_equivalent,
    law.large_employer_size * law.hours_of_one_equivalent - (group_month.least_hours - group_month.seasonal_hours) as room
  from {{ ref('int_law__aca_group_workforce_month') }} as group_month
  inner join {{ ref('law_aca_size') }} as law on group_month.tax_year = law.tax_year
  inner join (
    select group_month.company_id, group_month.tax_year
    from {{ ref('int_law__aca_group_workforce_month') }} as group_month
    inner join {{ ref('law_aca_size') }} as law on group_month.tax_year = law.tax_year
    where group_month.least_hours > law.large_employer_size * law.hours_of_one_equivalent
    group by group_month.company_id, group_month.tax_year, law.seasonal_months_most
    having count(*) > law.seasonal_months_most
  ) as often on group_month.company_id = often.company_id and group_month.tax_year = often.tax_year
  where group_month.least_hours > law.large_employer_size * law.hours_of_one_equivalent
),

span as (
  select
    above.company_id, above.month_start, above.tax_year,
    {{ later('span.span_start', 'above.month_start') }} as first_day,
    {{ add_days(earlier('span.span_end', month_end('above.month_start')), 1) }} as day_after,
    cast(part.counted as decimal(14,4)) as hours_least, cast(above.hours_of_one_equivalent as decimal(14,4)) as hours_most
  from above
  inner join {{ ref('int_law__aca_size_group_month') }} as of_group on above.company_id = of_group.company_id and above.month_start = of_group.month_start
  inner join {{ ref('int_law__aca_workforce_part') }} as part on of_group.member_company_id = part.company_id and above.month_start = part.month_start
  inner join {{ ref('int_law__aca_employment_span') }} as span
    on part.company_id = span.company_id and part.employee_id = span.employee_id
    and span.span_start <= {{ month_end('above.month_start') }} and span.span_end >= above.month_start
  where part.is_seasonal and part.counted is not null
),

day_of_turn as (
  select company_id, month_start, tax_year, first_day as turn_day, hours_least, hours_most from span
  union all
  select company_id, month_start, tax_year, day_after as turn_day, cast(-1 * hours_least as decimal(14,4)) as hours_least, cast(-1 * hours_most as decimal(14,4)) as hours_most from span
  union all
  select company_id, month_start, tax_year, month_start as turn_day, cast(0 as decimal(14,4)) as hours_least, cast(0 as decimal(14,4)) as hours_most from above
),

turn as (
  select company_id, month_start, tax_year, turn_day, sum(hours_least) as hours_least, sum(hours_most) as hours_most
  from day_of_turn
  group by company_id, month_start, tax_year, turn_day
),

level as (
  select
    turn.company_id, turn.month_start, turn.tax_year, turn.turn_day,
    sum(hours_least) over (partition by company_id, month_start order by turn_day rows between unbounded preceding and current row) as hours_least,
    sum(hours_most) over (partition by company_id, month_start order by turn_day rows between unbounded preceding and current row) as hours_most,
    lead(turn_day) over (partition by company_id, month_start order by turn_day) as next_day
  from turn
)

select
  level.company_id, level.tax_year,
  {%- for bound in ['least', 'most'] %}
  cast(sum(case when level.hours_{{ bound }} > above.room
    then {{ days_between('level.turn_day', 'coalesce(level.next_day, ' ~ add_days(month_end('level.month_start'), 1) ~ ')') }} else 0 end) as integer) as days_{{ bound }}
  {{- ',' if not loop.last }}
  {%- endfor %}
from level
inner join above on level.company_id = above.company_id and level.month_start = above.month_start
group by level.company_id, level.tax_year
