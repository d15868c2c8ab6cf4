{# Every enrollment beside each shown period in which it covers somebody on a day or more. #}
select
  span.company_id,
  span.analysis_period,
  span.period_end,
  coverage.enrollment_id,
  coverage.person,
  coverage.in_conflict,
  case when coverage.last_day >= span.period_end then 1 else 0 end as at_end,
  case when coverage.last_day between span.period_start and span.period_end then 1 else 0 end as ends_inside
from {{ ref('recount__company_period') }} as span
inner join {{ ref('recount__coverage') }} as coverage
  on span.company_id = coverage.company_id
  and coverage.first_day <= span.period_end
  and coverage.last_day >= span.period_start
where span.is_shown
