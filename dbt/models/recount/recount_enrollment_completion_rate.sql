with starting as (
  select
    span.company_id, span.analysis_period, span.period_end,
    count(*) as offers,
    sum(case when offer.response in ('elected', 'waived') then 1 else 0 end) as answered
  from {{ ref('recount__company_period') }} as span
  inner join {{ ref('stg_hr__benefit_offer') }} as offer
    on span.company_id = offer.company_id
    and offer.coverage_from between span.period_start and span.period_end
  group by span.company_id, span.analysis_period, span.period_end
)

select
  span.company_id, '' as item_id, span.analysis_period, span.period_end, 'enrollment_completion_rate' as metric_id,
  cast({{ percent('starting.answered', 'starting.offers') }} as decimal(30,4)) as recount
from {{ ref('recount__company_period') }} as span
left join starting
  on span.company_id = starting.company_id
  and span.analysis_period = starting.analysis_period
  and span.period_end = starting.period_end
where span.is_shown
