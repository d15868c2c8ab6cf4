select
  company_id,
  month_start,
  month_end,
  missing_input,
  cast(count(*) as integer) as enrollments
from {{ ref('int_cost__enrollment_month') }}
where missing_input is not null
group by company_id, month_start, month_end, missing_input
