{# Every metric twice: as its mart has it, and counted again from staging by a model that shares nothing with the mart
   (D22). The periods are those of recount__window; item_id is the provider or the law where the metric has one. #}
{%- set dashboard = [
  'total_benefits_cost', 'employer_contributions', 'employee_contributions', 'average_cost_per_employee',
  'benefits_participation_rate', 'enrollment_completion_rate', 'employee_satisfaction_score', 'cost_trend_percentage',
  'utilization_rate', 'roi_analysis',
] -%}
{%- set without_exact = ['utilization_rate', 'roi_analysis'] -%}
{%- set counts = ['total_enrollments', 'active_enrollments', 'pending_enrollments', 'terminated_enrollments'] -%}
{%- set laws = ['open_violations', 'critical_violations', 'compliance_score'] -%}
{%- set metrics = dashboard + counts + laws + ['provider_performance_score', 'people_covered', 'budgeted_cost', 'budget_variance'] -%}
with span as (
  select * from {{ ref('recount__window') }} where is_shown
),

page as (
  select dashboard.*
  from {{ ref('benefits_analytics_dashboard') }} as dashboard
  inner join span
    on dashboard.analysis_period = span.analysis_period
    and dashboard.report_date = span.period_end
),

people as (
  select
    fact.company_id,
    span.period_end,
    case when max(case when fact.is_response_conflict then 1 else 0 end) = 0 then count(distinct fact.person_key) end as people
  from {{ ref('fct_enrollment_month') }} as fact
  inner join span on fact.month_start = span.month_start and span.analysis_period = 'Monthly'
  group by fact.company_id, span.period_end
),

budget as (
  select
    part.company_id,
    span.period_end,
    case when not part.is_overlapping then part.cost_amount end as cost,
    case when not part.is_overlapping then part.cost_amount - part.budget_amount end as variance
  from {{ ref('fct_budget_part_month') }} as part
  inner join span on part.month_start = span.month_start and span.analysis_period = 'Monthly'
  where part.dimension = 'company'
),

published as (
  {% for metric in dashboard -%}
  select company_id, '' as item_id, analysis_period, report_date as period_end, '{{ metric }}' as metric_id,
    cast({{ metric if metric in without_exact else 'coalesce(' ~ metric ~ ', ' ~ metric ~ '_exact)' }} as decimal(30,4)) as published_value,
    {{ metric }}_status as status
  from page where provider_config_id is null
  union all
  {% endfor -%}
  {% for metric in counts -%}
  select company_id, '', analysis_period, report_date, '{{ metric }}', cast({{ metric }} as decimal(30,4)), {{ metric }}_status
  from page where provider_config_id is null
  union all
  {% endfor -%}
  {% for metric in laws -%}
  select company_id, compliance_type, 'As of', {{ as_of() }}, '{{ metric }}', cast({{ metric }} as decimal(30,4)), {{ metric }}_status
  from {{ ref('benefits_compliance_monitoring') }}
  union all
  {% endfor -%}
  select company_id, provider_config_id, analysis_period, report_date, 'provider_performance_score',
    cast(coalesce(provider_performance_score, provider_performance_score_exact) as decimal(30,4)), provider_performance_score_status
  from page where provider_config_id is not null
  union all
  select page.company_id, '', 'Monthly', page.report_date, 'people_covered',
    cast(case when people.company_id is null then 0 else people.people end as decimal(30,4)),
    case when people.company_id is not null and people.people is null then 'not_measured' else 'measured' end
  from page
  left join people on page.company_id = people.company_id and page.report_date = people.period_end
  where page.provider_config_id is null and page.analysis_period = 'Monthly'
  {% for metric, column in [('budgeted_cost', 'cost'), ('budget_variance', 'variance')] -%}
  union all
  select company_id, '', 'Monthly', period_end, '{{ metric }}', cast({{ column }} as decimal(30,4)),
    case when {{ column }} is null then 'not_measured' else 'measured' end
  from budget
  {% endfor %}
),

recounted as (
  {% for metric in metrics -%}
  select company_id, item_id, analysis_period, period_end, metric_id, recount from {{ ref('recount_' ~ metric) }}
  {{ 'union all' if not loop.last }}
  {% endfor %}
)

select
  coalesce(published.company_id, recounted.company_id) as company_id,
  coalesce(published.metric_id, recounted.metric_id) as metric_id,
  coalesce(published.item_id, recounted.item_id) as item_id,
  coalesce(published.analysis_period, recounted.analysis_period) as analysis_period,
  coalesce(published.period_end, recounted.period_end) as period_end,
  published.published_value,
  coalesce(published.status, 'not_measured') as status,
  recounted.recount as recounted_value,
  published.company_id is not null and recounted.company_id is not null
    and published.published_value is not distinct from recounted.recount as is_equal
from published
full outer join recounted
  on published.company_id = recounted.company_id
  and published.metric_id = recounted.metric_id
  and published.item_id = recounted.item_id
  and published.analysis_period = recounted.analysis_period
  and published.period_end = recounted.period_end
