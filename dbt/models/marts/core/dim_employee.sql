with employee as (
  select * from {{ ref('stg_hr__employee') }}
),

employment as (
  select * from {{ ref('int_enrollment__employment_as_of') }}
)

select
  employee.employee_id,
  employee.company_id,
  coalesce(employee.person_key, employee.employee_id) as person_key,
  employee.employee_number,
  employee.first_name,
  employee.middle_name,
  employee.last_name,
  employee.suffix,
  employee.date_of_birth,
  employee.worker_type,
  employee.original_hire_date,
  employee.death_date,
  employee.is_officer,
  employee.ownership_pct,
  employment.start_date as employment_start_date,
  employment.end_date as employment_end_date,
  employment.employment_class,
  employment.department_id,
  employment.region_id,
  employment.pay_frequency,
  employment.is_employed
from employee
left join employment on employee.employee_id = employment.employee_id
