select
  employment_period_id,
  employee_id,
  company_id,
  start_date,
  end_date,
  employment_class,
  contribution_class,
  employee_class,
  department_id,
  region_id,
  pay_frequency,
  end_reason,
  is_union
from {{ ref('stg_hr__employment_period') }}
where start_date <= {{ open_end('end_date') }}
