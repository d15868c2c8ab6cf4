{# Hours of a month that somebody worked for other members of the group. #}
select
  shared.company_id, shared.employee_id, hours.month_start,
  cast(sum(hours.credited_hours) as decimal(14,4)) as credited_hours,
  min(hours.hours_reason) as hours_reason
from {{ ref('int_law__aca_shared_person') }} as shared
inner join {{ ref('int_law__aca_hours_month') }} as hours
  on shared.other_company_id = hours.company_id and shared.other_employee_id = hours.employee_id
  and shared.from_date <= {{ month_end('hours.month_start') }} and shared.to_date >= hours.month_start
group by shared.company_id, shared.employee_id, hours.month_start
