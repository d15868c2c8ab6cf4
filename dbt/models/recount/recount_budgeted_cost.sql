select company_id, '' as item_id, analysis_period, period_end, 'budgeted_cost' as metric_id, cast(cost as decimal(30,4)) as recount
from {{ ref('recount__budget_month') }}
