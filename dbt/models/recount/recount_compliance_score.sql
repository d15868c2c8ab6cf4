select company_id, item_id, analysis_period, period_end, 'compliance_score' as metric_id, cast(case when critical > 0 and {{ divide('100 * (weight_looked - weight_lost)', 'weight_looked', 2, 12) }} > 79 then 79 else {{ divide('100 * (weight_looked - weight_lost)', 'weight_looked', 2, 12) }} end as decimal(30,4)) as recount
from {{ ref('recount__law') }}
