with budget as (
  select
    company_id,
    department_id,
    cost_category,
    benefit_type,
    provider_config_id,
    {{ month_start('month') }} as month_start,
    sum(amount) as budget_amount
  from {{ ref('stg_hr__benefits_budget') }}
  group by company_id, department_id, cost_category, benefit_type, provider_config_id, {{ month_start('month') }}
),

leaf as (
  select * from {{ ref('int_cost__leaf_month') }}
),

spent as (
  select
    budget.company_id,
    budget.department_id,
    budget.cost_category,
    budget.benefit_type,
    budget.provider_config_id,
    budget.month_start,
    budget.budget_amount,
    case when budget.month_start <= {{ as_of() }}
      then {{ known_sum('sum(leaf.total_cost)', 'sum(leaf.total_unknown)') }} end as cost,
    coalesce(sum(leaf.modelled_count), 0) > 0 as is_modelled
  from budget
  left join leaf
    on budget.company_id = leaf.company_id
    and budget.month_start = leaf.month_start
    and budget.cost_category = leaf.cost_category
    and (budget.department_id is null or budget.department_id = leaf.department_id)
    and (budget.benefit_type is null or budget.benefit_type = leaf.benefit_type)
    and (budget.provider_config_id is null or budget.provider_config_id = leaf.provider_config_id)
  group by
    budget.company_id, budget.department_id, budget.cost_category, budget.benefit_type,
    budget.provider_config_id, budget.month_start, budget.budget_amount
)

select
  company_id,
  department_id,
  cost_category,
  benefit_type,
  provider_config_id,
  month_start,
  {{ month_end('month_start') }} as month_end,
  cast(budget_amount as decimal(18,2)) as budget_amount,
  cast(cost as decimal(18,2)) as cost_amount,
  {{ status_of('cost', 'is_modelled') }} as cost_amount_status,
  cast(cost - budget_amount as decimal(18,2)) as variance_amount,
  cast({{ percent('cost - budget_amount', 'budget_amount') }} as decimal(18,2)) as variance_percentage
from spent
