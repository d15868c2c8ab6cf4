with company as (
  select company_id from {{ ref('int_law__aca_policy') }} where is_weekly group by company_id
),

hours as (
  select
    hours.*,
    hours.period_days = 28 and day(hours.period_start) = 1 and day(hours.period_end) = 28
      and max(hours.period_days) over (partition by hours.company_id, hours.employee_id) > 28 as is_february
  from {{ ref('int_law__aca_hours') }} as hours
  inner join company on hours.company_id = company.company_id
),

week as (
  {%- for number in range(0, 4) %}
  select
    company_id, employee_id, {{ add_days('period_start', 7 * number) }} as week_start,
    {{ add_days('period_start', 7 * number + 6) }} as week_end,
    {{ divide('credited_hours * 7', 'period_days', 6) }} as week_hours, false as is_unusable
  from hours
  where period_days in (7, 14, 21, 28) and period_days >= {{ 7 * (number + 1) }} and not is_february
  union all
  {%- endfor %}
  select
    company_id, employee_id, {{ add_days('period_start', '1 - ' ~ weekday('period_start')) }} as week_start,
    {{ add_days('period_start', '7 - ' ~ weekday('period_start')) }} as week_end,
    sum(credited_hours) as week_hours, false as is_unusable
  from hours
  where period_days = 1
  group by company_id, employee_id, {{ add_days('period_start', '1 - ' ~ weekday('period_start')) }},
    {{ add_days('period_start', '7 - ' ~ weekday('period_start')) }}
  union all
  select company_id, employee_id, period_start as week_start, period_end as week_end, credited_hours as week_hours, true as is_unusable
  from hours
  where period_days not in (1, 7, 14, 21, 28) or is_february
),

placed as (
  select
    week.*,
    {{ month_start('week_end') }} as month_start,
    {{ month_end('week_end') }} as month_end,
    mod(day(week_end) - 1, 7) + 1 as first_end_day
  from week
)

select
  company_id, employee_id, month_start,
  cast(sum(case when is_unusable then 0 else week_hours end) as decimal(14,4)) as credited_hours,
  cast(sum(case when is_unusable then 0 else 1 end) as integer) as week_count,
  max(case when is_unusable then 1 else 0 end) = 1
    or min(case when not is_unusable then first_end_day end) <> max(case when not is_unusable then first_end_day end) as is_unusable,
  max(case when not is_unusable then {{ add_days('month_start', 'first_end_day - 1') }} end) as first_week_end,
  max(case when not is_unusable and first_end_day + 28 <= day(month_end) then 5 else 4 end) as weeks_in_month
from placed
group by company_id, employee_id, month_start
