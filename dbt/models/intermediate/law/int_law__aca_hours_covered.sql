with run as (
  select
    company_id, employee_id, period_start,
    lead(before_end) over (partition by company_id, employee_id order by period_start, period_end) as period_end
  from {{ ref('int_law__aca_hours') }}
  where before_end is null or before_end < {{ add_days('period_start', -1) }}
),

last_day as (
  select company_id, employee_id, max(period_end) as period_end
  from {{ ref('int_law__aca_hours') }}
  group by company_id, employee_id
),

covered as (
  select run.company_id, run.employee_id, run.period_start, coalesce(run.period_end, last_day.period_end) as period_end
  from run
  inner join last_day on run.company_id = last_day.company_id and run.employee_id = last_day.employee_id
  union all
  select company_id, employee_id, {{ month_start('period_start') }} as period_start, {{ month_end('period_start') }} as period_end
  from {{ ref('int_law__aca_hours') }}
  where period_days = 1
  group by company_id, employee_id, {{ month_start('period_start') }}, {{ month_end('period_start') }}
  union all
  select company_id, employee_id, from_date as period_start, to_date as period_end
  from {{ ref('int_law__aca_unpaid_leave') }}
)

{{ merged_spans('covered', ['company_id', 'employee_id'], 'period_start', 'period_end') }}
