select
  employee.company_id, leave_period.employee_id, leave_period.from_date,
  {{ open_end('leave_period.to_date') }} as to_date,
  case
    when leave_period.kind in ('fmla', 'userra', 'jury_duty') then 'special'
    when leave_period.kind = 'educational_break' then 'educational'
    else 'other'
  end as kind
from {{ ref('stg_hr__leave_period') }} as leave_period
inner join {{ ref('stg_hr__employee') }} as employee on leave_period.employee_id = employee.employee_id
where leave_period.from_date <= {{ open_end('leave_period.to_date') }}
  and not coalesce(leave_period.is_paid, leave_period.kind = 'other_paid')
