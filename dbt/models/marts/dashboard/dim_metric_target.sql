select
  company_id,
  metric_id,
  period,
  cast(target as decimal(18,4)) as target_value,
  direction
from {{ ref('stg_hr__kpi_target') }}
