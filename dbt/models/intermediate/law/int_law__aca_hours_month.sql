with part as (
  select
    company_id, employee_id, {{ month_start('period_start') }} as month_start,
    period_start, period_end, period_days, credited_hours, hours_reason, overlap_to
  from {{ ref('int_law__aca_hours') }}
  union all
  select
    crossing.company_id, crossing.employee_id, {{ add_months(month_start('crossing.period_start'), 'later.month') }} as month_start,
    crossing.period_start, crossing.period_end, crossing.period_days, crossing.credited_hours, crossing.hours_reason, crossing.overlap_to
  from (
    select *, {{ months_apart('period_start', 'period_end') }} as months_later
    from {{ ref('int_law__aca_hours') }}
    where {{ months_apart('period_start', 'period_end') }} > 0
  ) as crossing
  inner join ({{ months_of_year() }}) as later on later.month <= crossing.months_later
)

select
  company_id, employee_id, month_start,
  cast(sum(case
    when period_start >= month_start and period_end <= {{ month_end('month_start') }} then credited_hours
    else {{ divide('credited_hours * ' ~ shared_days('period_start', 'period_end', 'month_start', month_end('month_start')), 'period_days', 6) }}
  end) as decimal(14,4)) as credited_hours,
  case
    when max(case when overlap_to >= month_start and period_start <= {{ month_end('month_start') }} then 1 else 0 end) = 1 then 'hours_overlap'
    else min(hours_reason)
  end as hours_reason
from part
group by company_id, employee_id, month_start
