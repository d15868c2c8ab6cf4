{# What the source stored of a dashboard beside what its facts give, figure by figure. Both stay; neither corrects the other. #}
{%- set metrics = [
  'total_enrollments', 'active_enrollments', 'pending_enrollments', 'terminated_enrollments', 'total_benefits_cost',
  'employer_contributions', 'employee_contributions', 'average_cost_per_employee', 'enrollment_completion_rate',
  'benefits_participation_rate', 'compliance_score', 'provider_performance_score', 'employee_satisfaction_score',
  'cost_trend_percentage', 'utilization_rate', 'roi_analysis',
] -%}
with figure as (
  {%- for metric in metrics %}
  select
    stored.stored_analytics_dashboard_id, stored.company_id, stored.provider_config_id, stored.dashboard_type, stored.analysis_period,
    stored.report_date, '{{ metric }}' as metric_id, cast(stored.{{ metric }} as decimal(30,4)) as stored_value,
    cast(ours.{{ metric }} as decimal(30,4)) as computed_value, ours.{{ metric }}_status as status
  from {{ ref('stg_benefits__stored_analytics_dashboard') }} as stored
  inner join {{ ref('benefits_analytics_dashboard') }} as ours
    on stored.company_id = ours.company_id
    and stored.provider_config_id is not distinct from ours.provider_config_id
    and stored.dashboard_type = ours.dashboard_type
    and stored.analysis_period = ours.analysis_period
    and stored.report_date = ours.report_date
  where stored.{{ metric }} is not null
  {{ 'union all' if not loop.last }}
  {%- endfor %}
)

select
  stored_analytics_dashboard_id, company_id, provider_config_id, dashboard_type, analysis_period, report_date, metric_id,
  stored_value, computed_value, status,
  computed_value is not null and stored_value <> computed_value as is_different
from figure
