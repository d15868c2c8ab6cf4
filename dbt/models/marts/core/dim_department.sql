select
  department_id,
  company_id,
  name as department_name,
  code as department_code,
  coalesce(is_active, true) as is_active
from {{ ref('stg_hr__department') }}
