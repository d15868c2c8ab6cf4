{%- set state_columns = ['is_whole_year', 'is_employed', 'is_relieved', 'is_enrolled', 'is_waiting', 'is_full_time', 'is_offered', 'is_cut_by_termination', 'harbor'] -%}
with fact as (
  select
    fact.employee_id, fact.turn_id,
    case when fact.block_reason is null then {{ tri('fact.is_whole_year') }} else '?' end as is_whole_year,
    case when fact.block_reason is null then {{ tri('fact.is_employed') }} else '?' end as is_employed,
    {{ tri('fact.is_relieved') }} as is_relieved,
    {{ tri('fact.is_enrolled') }} as is_enrolled,
    {{ tri('fact.is_waiting') }} as is_waiting,
    {{ tri('fact.is_full_time') }} as is_full_time,
    {{ tri('fact.is_offered') }} as is_offered,
    {{ tri('fact.is_cut_by_termination') }} as is_cut_by_termination,
    coalesce(harbor.harbor, case when line_14.line_14 in ('1A', '1F', '1G', '1H', '1R', '1S') then 'none' else '?' end) as harbor,
    coalesce(
      fact.block_reason, fact.whole_year_reason, fact.employed_reason,
      case when fact.offer_reason is not null and fact.is_offered is null then fact.offer_reason end,
      fact.enrolled_reason, fact.waiting_reason, fact.full_time_reason,
      fact.price_reason, harbor.harbor_reason, line_14.reason_14
    ) as reason
  from {{ ref('int_law__aca_fact_month') }} as fact
  inner join {{ ref('int_law__aca_line_14') }} as line_14
    on fact.turn_id = line_14.turn_id
  left join {{ ref('int_law__aca_safe_harbor_month') }} as harbor
    on fact.turn_id = harbor.turn_id
),

state as (
  select {{ state_columns | join(', ') }}
  from fact
  group by {{ state_columns | join(', ') }}
),

decided as (
  select state.*, rule.rule_id, rule.result
  from state
  inner join {{ ref('code_aca_line_16') }} as rule
    on {% for column in state_columns -%}
    (rule.{{ column }} = '*' or rule.{{ column }} = state.{{ column }}){{ ' and ' if not loop.last }}
    {%- endfor %}
)

select
  fact.employee_id, fact.turn_id,
  decided.result as line_16,
  decided.rule_id as rule_16,
  case when decided.rule_id is null then fact.reason end as reason_16,
  {% for column in state_columns -%}
  fact.{{ column }} as state_{{ column }}{{ ', ' if not loop.last }}
  {%- endfor %}
from fact
left join decided
  on {% for column in state_columns -%}
  fact.{{ column }} = decided.{{ column }}{{ ' and ' if not loop.last }}
  {%- endfor %}
