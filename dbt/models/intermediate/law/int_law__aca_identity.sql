with digits as (
  select
    employee.*,
    {{ replace_all("coalesce(employee.ssn, '')", '[^0-9]') }} as ssn_digits
  from {{ ref('stg_hr__employee') }} as employee
)

select
  employee_id,
  first_name,
  substr(middle_name, 1, 1) as middle_initial,
  last_name,
  suffix,
  {{ dashed_ssn('ssn_digits') }} as ssn
from digits
