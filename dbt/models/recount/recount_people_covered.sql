select company_id, '' as item_id, analysis_period, period_end, 'people_covered' as metric_id, cast(case when doubt = 0 then people end as decimal(30,4)) as recount
from {{ ref('recount__coverage_period') }}
where analysis_period = 'Monthly'
