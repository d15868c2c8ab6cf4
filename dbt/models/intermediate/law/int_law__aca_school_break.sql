with school_leave as (
  select leave_period.company_id, leave_period.employee_id, leave_period.from_date, leave_period.to_date
  from {{ ref('int_law__aca_unpaid_leave') }} as leave_period
  inner join (
    select company_id, employee_id from {{ ref('int_law__aca_service') }} where is_educational group by company_id, employee_id
  ) as school
    on leave_period.company_id = school.company_id and leave_period.employee_id = school.employee_id
  where leave_period.kind = 'educational'
),

merged as (
  {{ merged_spans('school_leave', ['company_id', 'employee_id'], 'from_date', 'to_date') }}
)

select merged.company_id, merged.employee_id, merged.span_start, merged.span_end
from merged
cross join ({{ law_in_force() }}) as law
where {{ days_between('merged.span_start', 'merged.span_end') }} + 1 >= 7 * law.educational_break_weeks
