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
  case when length(ssn_digits) = 9
    then substr(ssn_digits, 1, 3) || '-' || substr(ssn_digits, 4, 2) || '-' || substr(ssn_digits, 6, 4) end as ssn
from digits
