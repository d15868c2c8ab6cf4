with monthly as (
  select *, {{ month_start('report_date') }} as month_start
  from {{ ref('benefits_analytics_dashboard') }}
  where provider_config_id is null and analysis_period = 'Monthly'
),

people as (
  select * from {{ ref('fct_covered_people_month') }}
  where dimension = 'company'
),

conflict as (
  select company_id, month_start, sum(case when is_response_conflict then 1 else 0 end) as conflicts
  from {{ ref('fct_enrollment_month') }}
  group by company_id, month_start
),

metric_month as (
  {% for column in [
    'average_cost_per_employee', 'benefits_participation_rate', 'enrollment_completion_rate',
    'employee_satisfaction_score',
  ] -%}
  select
    company_id, report_date as month_end, month_start, '{{ column }}' as metric_id,
    cast(coalesce({{ column }}, {{ column }}_exact) as decimal(18,2)) as metric_value
  from monthly
  union all
  {% endfor -%}
  select
    monthly.company_id, monthly.report_date as month_end, monthly.month_start, 'people_covered' as metric_id,
    cast(case when coalesce(conflict.conflicts, 0) = 0 then coalesce(people.people_covered, 0) end as decimal(18,2))
      as metric_value
  from monthly
  left join people
    on monthly.company_id = people.company_id and monthly.month_start = people.month_start
  left join conflict
    on monthly.company_id = conflict.company_id and monthly.month_start = conflict.month_start
)

select
  period.company_id,
  period.report_date as period_end,
  metric_month.month_end,
  metric_month.metric_id,
  metric_month.metric_value
from monthly as period
inner join metric_month
  on period.company_id = metric_month.company_id
  and metric_month.month_start between {{ add_months('period.month_start', -11) }} and period.month_start
