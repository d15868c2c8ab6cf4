select company_id, '' as item_id, analysis_period, period_end, 'budget_variance' as metric_id, cast(variance as decimal(30,4)) as recount
from {{ ref('recount__budget_month') }}
