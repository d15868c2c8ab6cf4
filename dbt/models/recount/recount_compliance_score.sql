with scored as (
  select *, {{ divide('100 * (weight_looked - weight_lost)', 'weight_looked', 2, 12) }} as score
  from {{ ref('recount__law') }}
)

select
  company_id, item_id, analysis_period, period_end, 'compliance_score' as metric_id,
  cast(case
    when critical > 0 and score > {{ threshold('SCORE', 'ceiling_while_critical') }}
      then {{ threshold('SCORE', 'ceiling_while_critical') }}
    else score
  end as decimal(30,4)) as recount
from scored
