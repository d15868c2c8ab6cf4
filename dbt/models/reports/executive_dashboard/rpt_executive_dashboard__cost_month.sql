with monthly as (
  select
    company_id,
    report_date as month_end,
    {{ year_start('report_date') }} as year_start,
    coalesce(total_benefits_cost, total_benefits_cost_exact) as cost_amount,
    total_benefits_cost_status as cost_status,
    coalesce(employer_contributions, employer_contributions_exact) as employer_amount,
    coalesce(employee_contributions, employee_contributions_exact) as employee_amount
  from {{ ref('benefits_analytics_dashboard') }}
  where provider_config_id is null and analysis_period = 'Monthly'
),

budget as (
  select * from {{ ref('fct_budget_part_month') }}
  where dimension = 'company'
)

select
  period.company_id,
  period.month_end as period_end,
  monthly.month_end,
  cast(monthly.cost_amount as decimal(18,2)) as cost_amount,
  monthly.cost_status,
  cast(monthly.employer_amount as decimal(18,2)) as employer_amount,
  cast(monthly.employee_amount as decimal(18,2)) as employee_amount,
  case when budget.is_overlapping then null else budget.budget_amount end as budget_amount,
  case when budget.is_overlapping then null else budget.cost_amount end as budgeted_cost_amount,
  case when budget.is_overlapping then null else cast(budget.cost_amount - budget.budget_amount as decimal(18,2)) end
    as variance_amount,
  case
    when budget.company_id is null then 'absent'
    when budget.is_overlapping then 'overlapping'
    when budget.cost_amount is null then 'cost_unknown'
    else 'measured'
  end as budget_status
from monthly as period
inner join monthly
  on period.company_id = monthly.company_id
  and monthly.month_end between period.year_start and period.month_end
left join budget
  on monthly.company_id = budget.company_id
  and monthly.month_end = budget.month_end
