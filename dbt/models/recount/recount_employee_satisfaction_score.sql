with of_month as (
  select company_id, {{ month_start('month') }} as month_start, department_id, responses, score
  from {{ ref('stg_hr__benefit_survey') }}
),

whole as (
  select company_id, month_start from of_month where department_id is null group by company_id, month_start
),

used as (
  select of_month.*
  from of_month
  left join whole on of_month.company_id = whole.company_id and of_month.month_start = whole.month_start
  where (of_month.department_id is null or whole.company_id is null)
    and coalesce(of_month.responses, 1) <> 0
),

weighed as (
  select
    span.company_id, span.analysis_period, span.period_end,
    sum(used.responses) as weights,
    sum(used.responses * used.score) as points,
    sum(case when used.responses is null or used.score is null then 1 else 0 end) as gaps
  from {{ ref('recount__company_period') }} as span
  inner join used
    on span.company_id = used.company_id
    and used.month_start between span.period_start and span.period_end
  group by span.company_id, span.analysis_period, span.period_end
)

select
  span.company_id, '' as item_id, span.analysis_period, span.period_end, 'employee_satisfaction_score' as metric_id,
  cast(case when weighed.gaps = 0 then {{ divide('weighed.points', 'weighed.weights') }} end as decimal(30,4)) as recount
from {{ ref('recount__company_period') }} as span
left join weighed
  on span.company_id = weighed.company_id
  and span.analysis_period = weighed.analysis_period
  and span.period_end = weighed.period_end
where span.is_shown
