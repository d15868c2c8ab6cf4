-- Cost parts sum to totals at every level: enrollment months, leaves, the cost mart and the dashboard mart.
with leaf as (
  select company_id, month_end, sum(total_cost) as total, sum(unknown_cost_count) as unknown_parts
  from {{ ref('fct_benefit_cost_month') }}
  group by company_id, month_end
),

enrollment_month as (
  select company_id, month_end, sum(total_cost) as total
  from {{ ref('int_cost__enrollment_month') }}
  group by company_id, month_end
),

analysis as (
  select company_id, analysis_date, sum(coalesce(cost_amount, cost_amount_exact)) as total
  from {{ ref('benefits_cost_analysis') }}
  group by company_id, analysis_date
),

dashboard as (
  select company_id, report_date, coalesce(total_benefits_cost, total_benefits_cost_exact) as total
  from {{ ref('benefits_analytics_dashboard') }}
  where provider_config_id is null and analysis_period = 'Monthly'
)

select leaf.company_id, leaf.month_end
from leaf
left join enrollment_month
  on leaf.company_id = enrollment_month.company_id and leaf.month_end = enrollment_month.month_end
left join analysis
  on leaf.company_id = analysis.company_id and leaf.month_end = analysis.analysis_date
left join dashboard
  on leaf.company_id = dashboard.company_id and leaf.month_end = dashboard.report_date
where leaf.unknown_parts = 0
  and (
    leaf.total is distinct from enrollment_month.total
    or leaf.total is distinct from analysis.total
    or leaf.total is distinct from dashboard.total
  )
