with covered as (
  select company_id, employee_id, period_start, period_end
  from {{ ref('int_law__aca_hours') }}
  where period_days > 1
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
