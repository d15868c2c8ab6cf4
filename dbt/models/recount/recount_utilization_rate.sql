select company_id, '' as item_id, analysis_period, period_end, 'utilization_rate' as metric_id, cast(null as decimal(30,4)) as recount
from {{ ref('recount__coverage_period') }}
{# Claims are in no contract yet: there is nothing to count. #}
