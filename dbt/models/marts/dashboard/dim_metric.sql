with metric as (
  select * from {{ ref('metric') }}
),

suppression as (
  select * from {{ ref('code_suppression') }}
)

select
  metric.metric_id,
  metric.name as metric_name,
  metric.unit,
  metric.better,
  metric.formula,
  metric.source_model,
  metric.source_column,
  metric.grain,
  metric.owner,
  metric.missing,
  metric.needs,
  metric.inputs,
  metric.citation,
  cast(metric.tolerance_pct as decimal(5,2)) as tolerance_pct,
  cast(suppression.minimum_count as integer) as minimum_count
from metric
left join suppression on metric.measure_kind = suppression.measure_kind
