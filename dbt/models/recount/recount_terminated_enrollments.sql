select company_id, '' as item_id, analysis_period, period_end, 'terminated_enrollments' as metric_id, cast(case when doubt_ended = 0 then ended end as decimal(30,4)) as recount
from {{ ref('recount__coverage_period') }}
