with period as (
  select * from {{ ref('int_cost__dashboard_period') }}
),

trend as (
  select
    newer.company_id, newer.scope_key, newer.analysis_period, newer.month_start,
    {{ json_list(
      "'{\"period_end\":' || " ~ json_string('cast(older.month_end as string)')
      ~ " || ',\"total_benefits_cost\":' || " ~ json_number('older.total_cost') ~ " || '}'",
      'cast(older.month_end as string)') }} as trend_data
  from period as newer
  inner join period as older
    on newer.company_id = older.company_id
    and newer.scope_key = older.scope_key
    and newer.analysis_period = older.analysis_period
    and older.month_start between {{ add_months('newer.month_start', -11) }} and newer.month_start
  group by newer.company_id, newer.scope_key, newer.analysis_period, newer.month_start
),

compared as (
  select
    period.*,
    base.total_cost as base_cost,
    coalesce(base.is_modelled, false) as is_base_modelled,
    trend.trend_data,
    {{ divide('period.total_cost', 'period.people_covered') }} as average_cost,
    {{ percent('period.answered', 'period.offers') }} as completion,
    {{ percent('period.people_both', 'period.people_offered') }} as participation,
    {{ percent('period.total_cost - base.total_cost', 'base.total_cost') }} as cost_change
  from period
  inner join trend
    on period.company_id = trend.company_id
    and period.scope_key = trend.scope_key
    and period.analysis_period = trend.analysis_period
    and period.month_start = trend.month_start
  left join period as base
    on period.company_id = base.company_id
    and period.scope_key = base.scope_key
    and period.analysis_period = base.analysis_period
    and base.month_start = {{ add_months('period.month_start', "case period.analysis_period when 'YTD' then -12 else -1 end") }}
)

select
  {{ uuid5(["'benefits_analytics_dashboard'", 'company_id', 'provider_config_id', "'Executive'", 'analysis_period', 'month_end']) }} as id,
  company_id,
  provider_config_id,
  case analysis_period when 'YTD' then 'Executive, year to date' else 'Executive, month' end as dashboard_name,
  'Executive' as dashboard_type,
  analysis_period,
  month_end as report_date,
  {{ counted('total_enrollments', 'case when conflict = 0 then covered end') }},
  {{ counted('active_enrollments', 'case when conflict_active = 0 then active end') }},
  {{ counted('pending_enrollments', 'pending') }},
  {{ counted('terminated_enrollments', 'case when conflict_ended = 0 then ended end') }},
  {{ measured('total_benefits_cost', 'total_cost', status_of('total_cost', 'is_modelled'), 12, least='0') }},
  {{ measured('employer_contributions', 'employer_cost', status_of('employer_cost', 'is_modelled'), 12, least='0') }},
  {{ measured('employee_contributions', 'employee_cost', "'measured'", 12, least='0') }},
  {{ measured('average_cost_per_employee', 'average_cost', status_of('average_cost', 'is_modelled'), 10) }},
  {{ measured('enrollment_completion_rate', 'completion', "'measured'", 5, least='0', most='100') }},
  {{ measured('benefits_participation_rate', 'participation', "'measured'", 5, least='0', most='100') }},
  {{ not_measured('compliance_score', 'decimal(5,2)') }},
  {{ measured('provider_performance_score', 'provider_score', "'reported'", 5) }},
  {{ measured('employee_satisfaction_score', 'satisfaction', "'measured'", 5) }},
  {{ measured('cost_trend_percentage', 'cost_change', status_of('cost_change', 'is_modelled or is_base_modelled'), 5) }},
  {{ not_measured('utilization_rate', 'decimal(5,2)') }},
  {{ not_measured('roi_analysis', 'decimal(5,2)') }},
  {{ not_measured('additional_metrics', 'string') }},
  trend_data,
  'measured' as trend_data_status,
  department_breakdown,
  case when is_modelled then 'modelled' else 'measured' end as department_breakdown_status,
  benefit_type_breakdown,
  case when is_modelled then 'modelled' else 'measured' end as benefit_type_breakdown_status,
  cast(null as string) as created_by_user_id,
  cast({{ as_of() }} as timestamp) as created_at,
  cast({{ as_of() }} as timestamp) as updated_at
from compared
