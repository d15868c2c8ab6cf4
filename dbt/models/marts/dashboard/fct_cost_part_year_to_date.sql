{%- set dimensions = [
  ('department', "coalesce(department_id, '')"),
  ('benefit_type', "coalesce(benefit_type, '')"),
  ('provider', "coalesce(provider_config_id, '')"),
] -%}
with period as (
  select
    company_id,
    report_date as period_end,
    {{ month_start('report_date') }} as month_start,
    {{ year_start('report_date') }} as year_start
  from {{ ref('benefits_analytics_dashboard') }}
  where provider_config_id is null and analysis_period = 'Monthly'
),

first_month as (
  select company_id, min(month_start) as month_start from period group by company_id
),

cost_month as (
  {% for dimension, item in dimensions -%}
  select
    company_id, '{{ dimension }}' as dimension, {{ item }} as item_id, month_start,
    sum(total_cost) as total_cost,
    sum(employer_cost) as employer_cost,
    sum(employee_cost) as employee_cost,
    sum(case when total_cost is null then 1 else 0 end) as unknown_cost,
    sum(case when employer_cost is null then 1 else 0 end) as unknown_employer,
    sum(case when employee_cost is null then 1 else 0 end) as unknown_employee,
    sum(case when total_cost_status = 'modelled' then 1 else 0 end) as modelled
  from {{ ref('fct_benefit_cost_month') }}
  group by company_id, {{ item }}, month_start
  {{ 'union all' if not loop.last }}
  {% endfor %}
),

{# This year's months to the period, and the same months a year earlier. #}
spent as (
  select
    period.company_id, period.period_end, cost_month.dimension, cost_month.item_id,
    {%- for name, column, unknown in [
      ('cost', 'total_cost', 'unknown_cost'),
      ('employer', 'employer_cost', 'unknown_employer'),
      ('employee', 'employee_cost', 'unknown_employee'),
    ] %}
    {{ known_sum(
      'sum(case when cost_month.month_start >= period.year_start then cost_month.' ~ column ~ ' end)',
      'sum(case when cost_month.month_start >= period.year_start then cost_month.' ~ unknown ~ ' end)') }} as {{ name }},
    {%- endfor %}
    {{ known_sum(
      'sum(case when cost_month.month_start < period.year_start then cost_month.total_cost end)',
      'sum(case when cost_month.month_start < period.year_start then cost_month.unknown_cost end)') }} as cost_before,
    sum(case when cost_month.month_start >= period.year_start then cost_month.modelled else 0 end) > 0 as is_modelled
  from period
  inner join cost_month
    on period.company_id = cost_month.company_id
    and (
      cost_month.month_start between period.year_start and period.month_start
      or cost_month.month_start between {{ add_months('period.year_start', -12) }} and {{ add_months('period.month_start', -12) }}
    )
  group by period.company_id, period.period_end, cost_month.dimension, cost_month.item_id
),

budget as (
  select
    period.company_id, period.period_end, part.dimension, part.item_id,
    case when sum(case when part.is_overlapping then 1 else 0 end) = 0 then sum(part.budget_amount) end as budget,
    {{ known_sum('sum(part.cost_amount)', 'sum(case when part.cost_amount is null then 1 else 0 end)') }} as budgeted_cost
  from period
  inner join {{ ref('fct_budget_part_month') }} as part
    on period.company_id = part.company_id
    and part.month_start between period.year_start and period.month_start
  group by period.company_id, period.period_end, part.dimension, part.item_id
)

select
  spent.company_id,
  spent.period_end,
  spent.dimension,
  spent.item_id,
  cast(spent.cost as decimal(18,2)) as cost_amount,
  cast(spent.employer as decimal(18,2)) as employer_amount,
  cast(spent.employee as decimal(18,2)) as employee_amount,
  cast(case when first_month.month_start <= {{ add_months(year_start('spent.period_end'), -12) }} then spent.cost_before end
    as decimal(18,2)) as cost_year_before,
  cast(case when budget.budgeted_cost = spent.cost then budget.budget end as decimal(18,2)) as budget_amount,
  spent.is_modelled
from spent
inner join first_month on spent.company_id = first_month.company_id
left join budget
  on spent.company_id = budget.company_id and spent.period_end = budget.period_end
  and spent.dimension = budget.dimension and spent.item_id = budget.item_id
