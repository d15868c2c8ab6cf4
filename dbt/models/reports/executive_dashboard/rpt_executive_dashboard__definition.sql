select
  company.company_id,
  metric.metric_id,
  metric.metric_name,
  metric.unit,
  metric.better,
  metric.formula,
  metric.source_model,
  metric.source_column,
  metric.owner,
  metric.missing,
  metric.needs,
  metric.tolerance_pct,
  metric.minimum_count
from {{ ref('dim_metric') }} as metric
cross join {{ ref('dim_company') }} as company
