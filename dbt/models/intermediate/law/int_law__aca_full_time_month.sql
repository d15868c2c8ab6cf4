select
  measured.company_id, measured.employee_id, measured.turn_id, measured.tax_year, measured.month, measured.month_start,
  case when measured.is_initial and waiting.is_waiting = false then monthly.is_full_time else measured.is_full_time end as is_full_time,
  case when measured.is_initial and waiting.is_waiting = false then monthly.measure_reason else measured.measure_reason end as full_time_reason
from {{ ref('int_law__aca_measured_month') }} as measured
inner join {{ ref('int_law__aca_waiting_month') }} as waiting
  on measured.turn_id = waiting.turn_id
inner join {{ ref('int_law__aca_month_measure') }} as monthly
  on measured.turn_id = monthly.turn_id
