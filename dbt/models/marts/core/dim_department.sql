select
  department_id,
  company_id,
  name as department_name,
  code as department_code,
  is_active
from {{ ref('stg_hr__department') }}
