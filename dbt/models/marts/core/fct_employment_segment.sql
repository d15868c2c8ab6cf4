select
  segment.employee_id,
  segment.segment_from,
  segment.segment_to,
  segment.employment_period_id,
  segment.department_id,
  employment.employment_class
from {{ ref('int_enrollment__employment_segment') }} as segment
left join {{ ref('int_enrollment__employment_interval') }} as employment
  on segment.employment_period_id = employment.employment_period_id
