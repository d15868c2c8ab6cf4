{# The periods of each company, from the month in which it first covers somebody. #}
with first_month as (
  select company_id, {{ month_start('min(first_day)') }} as month_start
  from {{ ref('recount__coverage') }}
  group by company_id
)

select
  first_month.company_id,
  span.analysis_period,
  span.month_start,
  span.period_start,
  span.period_end,
  span.is_shown
from first_month
cross join {{ ref('recount__window') }} as span
where first_month.month_start <= span.month_start
