with part as (
  {%- for number in range(0, 13) %}
  select
    company_id, employee_id, {{ add_months(month_start('period_start'), number) }} as month_start,
    period_start, period_end, period_days, credited_hours, hours_reason, overlap_to
  from {{ ref('int_law__aca_hours') }}
  where {{ months_apart('period_start', 'period_end') }} >= {{ number }}
  {{ 'union all' if not loop.last }}
  {%- endfor %}
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
