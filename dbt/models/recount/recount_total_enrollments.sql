select company_id, '' as item_id, analysis_period, period_end, 'total_enrollments' as metric_id, cast(case when doubt = 0 then enrollments end as decimal(30,4)) as recount
from {{ ref('recount__coverage_period') }}
