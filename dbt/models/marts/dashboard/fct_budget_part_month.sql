{%- set wider = "({0}.{1} is null or {0}.{1} = {2}.{1})" -%}
{%- set parts = ['department_id', 'benefit_type', 'provider_config_id'] -%}
with line as (
  select
    company_id, month_start, month_end, cost_category, department_id, benefit_type, provider_config_id,
    budget_amount, cost_amount, cost_amount_status,
    coalesce(department_id, '') || '|' || coalesce(benefit_type, '') || '|' || coalesce(provider_config_id, '') as line_key
  from {{ ref('fct_budget_variance') }}
),

{# A category without a benefit type means one type where the company has plans of only one in it. #}
only_type as (
  select company_id, cost_category, min(cost_benefit_type) as benefit_type
  from {{ ref('dim_benefit_plan') }}
  where cost_benefit_type is not null
  group by company_id, cost_category
  having count(distinct cost_benefit_type) = 1
),

candidate as (
  {% for dimension, item in [
    ('company', "''"),
    ('department', 'line.department_id'),
    ('benefit_type', 'coalesce(line.benefit_type, only_type.benefit_type)'),
    ('provider', 'line.provider_config_id'),
  ] -%}
  select '{{ dimension }}' as dimension, {{ item }} as item_id, line.*
  from line
  left join only_type
    on line.company_id = only_type.company_id and line.cost_category = only_type.cost_category
  where {{ item }} is not null
  {{ 'union all' if not loop.last }}
  {% endfor %}
),

pair as (
  select
    one.dimension, one.item_id, one.company_id, one.month_start, one.cost_category, one.line_key,
    max(case when {% for p in parts %}{{ wider.format('other', p, 'one') }}{{ ' and ' if not loop.last }}{% endfor %}
      then 1 else 0 end) as contained,
    max(case when {% for p in parts %}{{ wider.format('other', p, 'one') }}{{ ' and ' if not loop.last }}{% endfor %}
      or {% for p in parts %}{{ wider.format('one', p, 'other') }}{{ ' and ' if not loop.last }}{% endfor %}
      then 0 else 1 end) as crossing
  from candidate as one
  inner join candidate as other
    on one.dimension = other.dimension
    and one.item_id = other.item_id
    and one.company_id = other.company_id
    and one.month_start = other.month_start
    and one.cost_category = other.cost_category
    and one.line_key <> other.line_key
    {% for p in parts -%}
    and (one.{{ p }} is null or other.{{ p }} is null or one.{{ p }} = other.{{ p }})
    {% endfor %}
  group by one.dimension, one.item_id, one.company_id, one.month_start, one.cost_category, one.line_key
)

select
  candidate.company_id,
  candidate.dimension,
  candidate.item_id,
  candidate.month_start,
  candidate.month_end,
  cast(sum(candidate.budget_amount) as decimal(18,2)) as budget_amount,
  cast({{ known_sum('sum(candidate.cost_amount)', 'sum(case when candidate.cost_amount is null then 1 else 0 end)') }}
    as decimal(18,2)) as cost_amount,
  max(coalesce(pair.crossing, 0)) = 1 as is_overlapping,
  max(case when candidate.cost_amount_status = 'modelled' then 1 else 0 end) = 1 as is_modelled
from candidate
left join pair
  on candidate.dimension = pair.dimension
  and candidate.item_id = pair.item_id
  and candidate.company_id = pair.company_id
  and candidate.month_start = pair.month_start
  and candidate.cost_category = pair.cost_category
  and candidate.line_key = pair.line_key
where coalesce(pair.contained, 0) = 0
group by candidate.company_id, candidate.dimension, candidate.item_id, candidate.month_start, candidate.month_end
