{% set columns = ['employer_cost', 'employee_cost', 'total_cost', 'employer_unknown', 'employee_unknown', 'total_unknown', 'modelled_count'] -%}
with leaf as (
  select *, provider_config_id as scope_key from {{ ref('int_cost__leaf_month') }}
  where provider_config_id is not null
  union all
  select *, '' as scope_key from {{ ref('int_cost__leaf_month') }}
),

scope as (
  select company_id, scope_key, month_start, {{ year_start('month_start') }} as year_start
  from {{ ref('int_enrollment__scope_month') }}
  where is_shown
),

part as (
  select
    scope.company_id,
    scope.scope_key,
    scope.month_start,
    leaf.month_start = scope.month_start as is_in_month,
    leaf.department_id,
    leaf.benefit_type,
    {% for c in columns %}leaf.{{ c }}{{ ', ' if not loop.last }}{% endfor %}
  from scope
  inner join leaf
    on scope.company_id = leaf.company_id
    and scope.scope_key = leaf.scope_key
    and leaf.month_start between scope.year_start and scope.month_start
),

period_part as (
  select company_id, scope_key, month_start, 'Monthly' as analysis_period, department_id, benefit_type,
    {% for c in columns %}{{ c }}{{ ', ' if not loop.last }}{% endfor %}
  from part where is_in_month
  union all
  select company_id, scope_key, month_start, 'YTD' as analysis_period, department_id, benefit_type,
    {% for c in columns %}{{ c }}{{ ', ' if not loop.last }}{% endfor %}
  from part
)

select
  company_id,
  scope_key,
  month_start,
  analysis_period,
  department_id,
  benefit_type,
  {% for c in columns %}sum({{ c }}) as {{ c }}{{ ', ' if not loop.last }}{% endfor %}
from period_part
group by company_id, scope_key, month_start, analysis_period, department_id, benefit_type
