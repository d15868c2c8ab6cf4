select company_id, '' as item_id, analysis_period, period_end, 'active_enrollments' as metric_id, cast(case when doubt_active = 0 then active end as decimal(30,4)) as recount
from {{ ref('recount__coverage_period') }}
