with placed as (
  select *, {{ months_apart('period_start', 'period_end') }} as months_later
  from {{ ref('int_law__aca_hours') }}
),

crossing as (
  select placed.*, {{ add_months(month_start('placed.period_start'), 'later.month') }} as month_start
  from placed
  inner join (select 0 as month union all {{ months_of_year() }}) as later on later.month <= placed.months_later
  where placed.months_later > 0
),

part as (
  select company_id, employee_id, {{ month_start('period_start') }} as month_start, credited_hours, hours_reason,
    case when overlap_to is null then 0 else 1 end as is_overlapped
  from placed
  where months_later = 0
  union all
  select company_id, employee_id, month_start,
    {{ share_of_days('credited_hours', shared_days('period_start', 'period_end', 'month_start', month_end('month_start')), 'period_days') }} as credited_hours,
    hours_reason,
    case when overlap_to >= month_start then 1 else 0 end as is_overlapped
  from crossing
)

select
  company_id, employee_id, month_start,
  cast(sum(credited_hours) as decimal(14,4)) as credited_hours,
  case when max(is_overlapped) = 1 then 'hours_overlap' else min(hours_reason) end as hours_reason
from part
group by company_id, employee_id, month_start
