select
  newer.company_id, '' as item_id, newer.analysis_period, newer.period_end, 'cost_trend_percentage' as metric_id,
  cast({{ percent('newer.total_cost - older.total_cost', 'older.total_cost') }} as decimal(30,4)) as recount
from {{ ref('recount__cost_period') }} as newer
left join {{ ref('recount__cost_period') }} as older
  on newer.company_id = older.company_id
  and newer.analysis_period = older.analysis_period
  and older.month_start = {{ add_months('newer.month_start', "case newer.analysis_period when 'YTD' then -12 else -1 end") }}
where newer.is_shown
