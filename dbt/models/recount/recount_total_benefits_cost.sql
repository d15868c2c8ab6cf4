select company_id, '' as item_id, analysis_period, period_end, 'total_benefits_cost' as metric_id, cast(total_cost as decimal(30,4)) as recount
from {{ ref('recount__cost_period') }}
where is_shown
