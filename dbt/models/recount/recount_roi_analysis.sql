select company_id, '' as item_id, analysis_period, period_end, 'roi_analysis' as metric_id, cast(null as decimal(30,4)) as recount
from {{ ref('recount__coverage_period') }}
{# What programs returned is in no contract yet: there is nothing to count. #}
