with leaf as (
  select
    company_id, provider_config_id, department_id, cost_category, benefit_type, month_start,
    enrollment_count, conflict_count,
    {{ known_sum('total_cost', 'total_unknown') }} as cost,
    modelled_count > 0 as is_modelled
  from {{ ref('int_cost__leaf_month') }}
),

budget as (
  select
    company_id, provider_config_id, department_id, cost_category, benefit_type,
    {{ month_start('month') }} as month_start,
    sum(amount) as budget
  from {{ ref('stg_hr__benefits_budget') }}
  where provider_config_id is not null
    and department_id is not null
    and benefit_type is not null
    and month <= {{ as_of_month_end() }}
    and cost_category in (select cost_category from {{ ref('code_benefit_type') }})
    and benefit_type in (select benefit_type from {{ ref('code_benefit_type') }})
  group by company_id, provider_config_id, department_id, cost_category, benefit_type, {{ month_start('month') }}
),

budgeted_leaf as (
  select
    coalesce(leaf.company_id, budget.company_id) as company_id,
    coalesce(leaf.provider_config_id, budget.provider_config_id) as provider_config_id,
    coalesce(leaf.department_id, budget.department_id) as department_id,
    coalesce(leaf.cost_category, budget.cost_category) as cost_category,
    coalesce(leaf.benefit_type, budget.benefit_type) as benefit_type,
    coalesce(leaf.month_start, budget.month_start) as month_start,
    case when leaf.company_id is null then 0 else leaf.cost end as cost,
    coalesce(leaf.is_modelled, false) as is_modelled,
    coalesce(leaf.enrollment_count, 0) as bearing_count,
    case when coalesce(leaf.conflict_count, 0) = 0 then coalesce(leaf.enrollment_count, 0) end as enrollments,
    budget.budget
  from leaf
  full outer join budget
    on leaf.company_id = budget.company_id
    and leaf.provider_config_id = budget.provider_config_id
    and leaf.department_id = budget.department_id
    and leaf.cost_category = budget.cost_category
    and leaf.benefit_type = budget.benefit_type
    and leaf.month_start = budget.month_start
),

company_month as (
  select
    company_id,
    month_start,
    {{ known_sum('sum(cost)', 'sum(case when cost is null then 1 else 0 end)') }} as company_cost,
    sum(case when is_modelled then 1 else 0 end) > 0 as is_modelled
  from budgeted_leaf
  group by company_id, month_start
),

compared as (
  select
    current_leaf.*,
    company_month.company_cost,
    company_month.is_modelled as is_company_modelled,
    month_before.cost as cost_month_before,
    coalesce(month_before.is_modelled, false) as is_month_before_modelled,
    year_before.cost as cost_year_before,
    coalesce(year_before.is_modelled, false) as is_year_before_modelled
  from budgeted_leaf as current_leaf
  inner join company_month
    on current_leaf.company_id = company_month.company_id
    and current_leaf.month_start = company_month.month_start
  {% for name, months in [('month_before', -1), ('year_before', -12)] %}
  left join budgeted_leaf as {{ name }}
    on current_leaf.company_id = {{ name }}.company_id
    and current_leaf.provider_config_id is not distinct from {{ name }}.provider_config_id
    and current_leaf.department_id is not distinct from {{ name }}.department_id
    and current_leaf.cost_category is not distinct from {{ name }}.cost_category
    and current_leaf.benefit_type is not distinct from {{ name }}.benefit_type
    and {{ add_months('current_leaf.month_start', months) }} = {{ name }}.month_start
  {% endfor %}
),

figures as (
  select
    *,
    {{ month_end('month_start') }} as analysis_date,
    {{ percent('cost', 'company_cost') }} as share,
    cost - budget as variance,
    {{ percent('cost - budget', 'budget') }} as variance_share,
    {{ divide('cost', 'enrollments') }} as average_cost,
    {{ percent('cost - cost_month_before', 'cost_month_before') }} as month_change,
    {{ percent('cost - cost_year_before', 'cost_year_before') }} as year_change
  from compared
)

select
  {{ uuid5(["'benefits_cost_analysis'", 'company_id', 'provider_config_id', 'analysis_date', 'cost_category', 'department_id', 'benefit_type']) }} as id,
  company_id,
  provider_config_id,
  analysis_date,
  cost_category,
  department_id,
  benefit_type,
  {{ measured('cost_amount', 'cost', status_of('cost', 'is_modelled'), 12, least='0') }},
  {{ measured('cost_percentage', 'share', status_of('share', 'is_modelled or is_company_modelled'), 5, least='0', most='100') }},
  {{ measured('budget_amount', 'budget', "'measured'", 12) }},
  {{ measured('variance_amount', 'variance', status_of('variance', 'is_modelled'), 12) }},
  {{ measured('variance_percentage', 'variance_share', status_of('variance_share', 'is_modelled'), 5) }},
  {{ counted('enrollment_count', 'enrollments') }},
  {{ measured('average_cost_per_enrollment', 'average_cost', status_of('average_cost', 'is_modelled'), 10, least='0') }},
  {{ measured('period_over_period_change', 'month_change', status_of('month_change', 'is_modelled or is_month_before_modelled'), 5) }},
  {{ measured('year_over_year_change', 'year_change', status_of('year_change', 'is_modelled or is_year_before_modelled'), 5) }},
  {{ not_measured('cost_driver', 'string') }},
  {{ not_measured('cost_trend', 'string') }},
  {{ not_measured('efficiency_score', 'decimal(5,2)') }},
  {{ not_measured('benchmark_comparison', 'decimal(5,2)') }},
  {{ not_measured('cost_optimization_opportunities', 'string') }},
  {{ not_measured('roi_analysis', 'string') }},
  {{ not_measured('utilization_impact', 'string') }},
  cast(null as string) as created_by_user_id,
  cast({{ as_of() }} as timestamp) as created_at,
  cast({{ as_of() }} as timestamp) as updated_at
from figures
