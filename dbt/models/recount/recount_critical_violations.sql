select company_id, item_id, analysis_period, period_end, 'critical_violations' as metric_id, cast(case when runs = 1 then critical end as decimal(30,4)) as recount
from {{ ref('recount__law') }}
