{# Hours that somebody worked for other members of the group while they were members. #}
select
  shared.company_id, shared.employee_id,
  hours.period_start, hours.period_end, hours.period_days, hours.credited_hours, hours.hours_reason, hours.overlap_to
from {{ ref('int_law__aca_shared_person') }} as shared
inner join {{ ref('int_law__aca_hours') }} as hours
  on shared.other_company_id = hours.company_id and shared.other_employee_id = hours.employee_id
  and hours.period_start >= shared.from_date and hours.period_start <= shared.to_date
