select
  people.company_id, '' as item_id, people.analysis_period, people.period_end, 'average_cost_per_employee' as metric_id,
  cast({{ divide('cost.total_cost', 'case when people.doubt = 0 then people.people end') }} as decimal(30,4)) as recount
from {{ ref('recount__coverage_period') }} as people
inner join {{ ref('recount__cost_period') }} as cost
  on people.company_id = cost.company_id
  and people.analysis_period = cost.analysis_period
  and people.period_end = cost.period_end
