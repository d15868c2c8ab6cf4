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
),

people as (
  select * from {{ ref('fct_covered_people_month') }}
),

score as (
  select
    company_id, provider_config_id, report_date as period_end,
    coalesce(provider_performance_score, provider_performance_score_exact) as provider_score
  from {{ ref('benefits_analytics_dashboard') }}
  where provider_config_id is not null and analysis_period = 'Monthly'
),

minimum as (
  select max(minimum_count) as minimum_count
  from {{ ref('dim_metric') }}
  where metric_id = 'people_covered'
),

item as (
  select
    spent.company_id,
    spent.period_end,
    spent.dimension,
    spent.item_id,
    case
      when spent.dimension = 'benefit_type' then coalesce(nullif(spent.item_id, ''), 'unassigned')
      when spent.dimension = 'department' then coalesce(department.department_name, 'unassigned')
      else coalesce(provider.provider_name, 'unassigned')
    end as item_name,
    coalesce(people.people_covered, 0) as people_covered,
    coalesce(people.people_covered_ytd, 0) as people_covered_ytd,
    spent.cost,
    spent.employer,
    spent.employee,
    case when first_month.month_start <= {{ add_months(year_start('spent.period_end'), -12) }} then spent.cost_before end
      as cost_before,
    case when budget.budgeted_cost = spent.cost then budget.budget end as budget,
    spent.is_modelled,
    score.provider_score,
    minimum.minimum_count
  from spent
  cross join minimum
  inner join first_month on spent.company_id = first_month.company_id
  left join {{ ref('dim_department') }} as department
    on spent.dimension = 'department' and spent.item_id = department.department_id
  left join {{ ref('dim_provider') }} as provider
    on spent.dimension = 'provider' and spent.item_id = provider.provider_config_id
  left join people
    on spent.company_id = people.company_id and spent.dimension = people.dimension
    and spent.item_id = people.item_id and spent.period_end = people.month_end
  left join budget
    on spent.company_id = budget.company_id and spent.period_end = budget.period_end
    and spent.dimension = budget.dimension and spent.item_id = budget.item_id
  left join score
    on spent.dimension = 'provider' and spent.item_id = score.provider_config_id
    and spent.company_id = score.company_id and spent.period_end = score.period_end
),

small as (
  select
    *,
    (people_covered between 1 and minimum_count - 1) or (people_covered_ytd between 1 and minimum_count - 1) as is_small
  from item
),

{# A single small group could be worked out from the total: the next smallest goes with it. #}
ranked as (
  select
    *,
    sum(case when is_small then 1 else 0 end) over (partition by company_id, period_end, dimension) as small_groups,
    sum(case when is_small then people_covered_ytd else 0 end)
      over (partition by company_id, period_end, dimension) as small_people,
    row_number() over (
      partition by company_id, period_end, dimension, is_small
      order by case when people_covered_ytd = 0 then 1 else 0 end, people_covered_ytd, item_id
    ) as place_by_size
  from small
),

hidden as (
  select
    *,
    is_small or (
      small_groups > 0 and (small_groups = 1 or small_people < minimum_count)
      and place_by_size = 1 and people_covered_ytd > 0
    ) as is_suppressed
  from ranked
),

shown as (
  select
    company_id, period_end, dimension, item_id, item_name, is_suppressed, false as is_combined,
    case when is_suppressed then null else people_covered end as people_covered,
    {% for column in ['cost', 'employer', 'employee', 'cost_before', 'budget', 'provider_score'] -%}
    case when not is_suppressed then {{ column }} end as {{ column }},
    {% endfor -%}
    is_modelled,
    case when is_suppressed then 2 when item_id = '' then 1 when item_id = 'Other' then 1 else 0 end as group_order
  from hidden
),

combined as (
  select
    company_id, period_end, dimension, 'together' as item_id, 'Suppressed together' as item_name,
    false as is_suppressed, true as is_combined,
    case when dimension = 'department' then cast(sum(people_covered) as integer) end as people_covered,
    {% for column in ['cost', 'employer', 'employee', 'cost_before', 'budget'] -%}
    case when sum(case when {{ column }} is null then 1 else 0 end) = 0 then sum({{ column }}) end as {{ column }},
    {% endfor -%}
    cast(null as decimal(18,2)) as provider_score,
    max(case when is_modelled then 1 else 0 end) = 1 as is_modelled,
    3 as group_order
  from hidden
  where is_suppressed
  group by company_id, period_end, dimension
  having count(*) > 1 and sum(people_covered_ytd) >= max(minimum_count)
),

listed as (
  select * from shown
  union all
  select * from combined
)

select
  company_id,
  period_end,
  dimension,
  cast(row_number() over (
    partition by company_id, period_end, dimension
    order by group_order, coalesce(cost, -1) desc, item_name, item_id
  ) as integer) as position,
  item_id,
  item_name,
  people_covered,
  cast(cost as decimal(18,2)) as cost_amount,
  cast(employer as decimal(18,2)) as employer_amount,
  cast(employee as decimal(18,2)) as employee_amount,
  cast(cost_before as decimal(18,2)) as cost_year_before,
  cast(cost - cost_before as decimal(18,2)) as change_amount,
  cast({{ percent('cost - cost_before', 'cost_before') }} as decimal(18,2)) as change_pct,
  cast(budget as decimal(18,2)) as budget_amount,
  cast(cost - budget as decimal(18,2)) as variance_amount,
  cast({{ percent('cost - budget', 'budget') }} as decimal(18,2)) as variance_pct,
  cast(provider_score as decimal(18,2)) as provider_score,
  is_suppressed,
  is_combined,
  case when is_suppressed then 'suppressed' when cost is null then 'not_measured'
    when is_modelled then 'modelled' else 'measured' end as cost_status
from listed
