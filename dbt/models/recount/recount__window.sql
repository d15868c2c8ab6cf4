{# The periods that are recounted: the month of as-of and the last complete month, each alone and from January on, and
   the earlier period each of them is compared with. #}
with target as (
  select {{ month_start(as_of()) }} as month_start
  union
  select {{ month_start(add_days(month_start(add_days(as_of(), 1)), -1)) }} as month_start
),

wanted as (
  select 'Monthly' as analysis_period, month_start, 1 as shown from target
  union all
  select 'YTD' as analysis_period, month_start, 1 as shown from target
  union all
  select 'Monthly' as analysis_period, {{ add_months('month_start', -1) }} as month_start, 0 as shown from target
  union all
  select 'YTD' as analysis_period, {{ add_months('month_start', -12) }} as month_start, 0 as shown from target
)

select
  analysis_period,
  month_start,
  case analysis_period when 'YTD' then {{ year_start('month_start') }} else month_start end as period_start,
  {{ month_end('month_start') }} as period_end,
  max(shown) = 1 as is_shown
from wanted
group by analysis_period, month_start
