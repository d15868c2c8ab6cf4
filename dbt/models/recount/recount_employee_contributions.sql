select company_id, '' as item_id, analysis_period, period_end, 'employee_contributions' as metric_id, cast(employee_cost as decimal(30,4)) as recount
from {{ ref('recount__cost_period') }}
where is_shown
