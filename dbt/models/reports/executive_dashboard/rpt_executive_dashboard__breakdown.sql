with people as (
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
    part.company_id,
    part.period_end,
    part.dimension,
    part.item_id,
    case
      when part.dimension = 'benefit_type' then coalesce(nullif(part.item_id, ''), 'unassigned')
      when part.dimension = 'department' then coalesce(department.department_name, 'unassigned')
      else coalesce(provider.provider_name, 'unassigned')
    end as item_name,
    coalesce(people.people_covered, 0) as people_covered,
    coalesce(people.people_covered_ytd, 0) as people_covered_ytd,
    part.cost_amount as cost,
    part.employer_amount as employer,
    part.employee_amount as employee,
    part.cost_year_before as cost_before,
    part.budget_amount as budget,
    part.is_modelled,
    score.provider_score,
    minimum.minimum_count
  from {{ ref('fct_cost_part_year_to_date') }} as part
  cross join minimum
  left join {{ ref('dim_department') }} as department
    on part.dimension = 'department' and part.item_id = department.department_id
  left join {{ ref('dim_provider') }} as provider
    on part.dimension = 'provider' and part.item_id = provider.provider_config_id
  left join people
    on part.company_id = people.company_id and part.dimension = people.dimension
    and part.item_id = people.item_id and part.period_end = people.month_end
  left join score
    on part.dimension = 'provider' and part.item_id = score.provider_config_id
    and part.company_id = score.company_id and part.period_end = score.period_end
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
