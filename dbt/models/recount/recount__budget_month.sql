{# Budget lines of a shown month that no wider line holds, with the cost each speaks of. Two lines that cover the same
   cost while neither holds the other leave the month without an answer. #}
{%- set parts = ['department_id', 'benefit_type', 'provider_config_id'] %}
with months as (
  select month_start, period_end from {{ ref('recount__window') }}
  where is_shown and analysis_period = 'Monthly'
),

line as (
  select
    budget.company_id, months.month_start, months.period_end, budget.cost_category,
    {% for p in parts %}budget.{{ p }}, {% endfor %}
    sum(budget.amount) as amount
  from {{ ref('stg_hr__benefits_budget') }} as budget
  inner join months on {{ month_start('budget.month') }} = months.month_start
  group by
    budget.company_id, months.month_start, months.period_end, budget.cost_category{% for p in parts %}, budget.{{ p }}{% endfor %}
),

meeting as (
  select
    one.company_id, one.month_start, one.cost_category, {% for p in parts %}one.{{ p }}, {% endfor %}
    max(case when {{ recount_within('one', 'other') }} then 1 else 0 end) as is_held,
    max(case when {{ recount_within('one', 'other') }} or {{ recount_within('other', 'one') }} then 0 else 1 end) as is_crossed
  from line as one
  inner join line as other
    on one.company_id = other.company_id
    and one.month_start = other.month_start
    and one.cost_category = other.cost_category
  where ({% for p in parts %}one.{{ p }} is distinct from other.{{ p }}{{ ' or ' if not loop.last }}{% endfor %})
    {% for p in parts %}and (one.{{ p }} is null or other.{{ p }} is null or one.{{ p }} = other.{{ p }}) {% endfor %}
  group by one.company_id, one.month_start, one.cost_category{% for p in parts %}, one.{{ p }}{% endfor %}
),

counted as (
  select line.*, coalesce(meeting.is_crossed, 0) as is_crossed
  from line
  left join meeting
    on line.company_id = meeting.company_id
    and line.month_start = meeting.month_start
    and line.cost_category = meeting.cost_category
    {% for p in parts %}and line.{{ p }} is not distinct from meeting.{{ p }} {% endfor %}
  where coalesce(meeting.is_held, 0) = 0
),

{# Added up before it meets the lines: by their open parts it can only be met row by row. #}
paid as (
  select
    cost.company_id, cost.month_start, cost.cost_category, {% for p in parts %}cost.{{ p }}, {% endfor %}
    sum(cost.total_cost) as total_cost,
    count(cost.employee_id) - count(cost.total_cost) as gaps
  from {{ ref('recount__cost_month') }} as cost
  where cost.month_start in (select months.month_start from months)
  group by cost.company_id, cost.month_start, cost.cost_category{% for p in parts %}, cost.{{ p }}{% endfor %}
),

spent as (
  select
    counted.company_id, counted.period_end, counted.cost_category, {% for p in parts %}counted.{{ p }}, {% endfor %}
    counted.amount, counted.is_crossed,
    sum(paid.total_cost) as spent,
    coalesce(sum(paid.gaps), 0) as gaps
  from counted
  left join paid
    on counted.company_id = paid.company_id
    and counted.month_start = paid.month_start
    and counted.cost_category = paid.cost_category
    {% for p in parts %}and (counted.{{ p }} is null or counted.{{ p }} = paid.{{ p }}) {% endfor %}
  group by
    counted.company_id, counted.period_end, counted.cost_category, {% for p in parts %}counted.{{ p }}, {% endfor %}
    counted.amount, counted.is_crossed
)

select
  company_id,
  'Monthly' as analysis_period,
  period_end,
  case when sum(gaps) = 0 and max(is_crossed) = 0 then coalesce(sum(spent), 0) end as cost,
  case when sum(gaps) = 0 and max(is_crossed) = 0 then coalesce(sum(spent), 0) - sum(amount) end as variance
from spent
group by company_id, period_end
