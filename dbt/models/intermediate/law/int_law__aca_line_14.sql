{%- set state_columns = ['is_whole_year', 'is_employed', 'is_relieved', 'is_offered', 'is_ichra', 'is_never_full_time', 'is_ichra_affordable', 'ichra_location',
  'is_minimum_value', 'is_qualifying', 'spouse', 'dependents'] -%}
with fact as (
  select
    employee_id, turn_id,
    case when block_reason is null then {{ tri('is_whole_year') }} else '?' end as is_whole_year,
    case when block_reason is null then {{ tri('is_employed') }} else '?' end as is_employed,
    {{ tri('is_relieved') }} as is_relieved,
    {{ tri('is_offered') }} as is_offered,
    {{ tri('is_ichra') }} as is_ichra,
    {{ tri('is_never_full_time') }} as is_never_full_time,
    {{ tri('is_ichra_affordable') }} as is_ichra_affordable,
    ichra_location,
    {{ tri('is_minimum_value') }} as is_minimum_value,
    {{ tri('is_qualifying') }} as is_qualifying,
    spouse,
    {{ tri('is_dependents') }} as dependents,
    coalesce(
      block_reason, whole_year_reason, employed_reason, offer_reason,
      case when is_ichra and is_never_full_time is null then 'whole_year_open' end,
      case when is_ichra and is_ichra_affordable is null then ichra_reason end,
      case when is_ichra and ichra_location = '?' then location_reason end,
      case when is_qualifying is null then coalesce(full_time_reason, qualifying_reason) end
    ) as reason
  from {{ ref('int_law__aca_fact_month') }}
),

state as (
  select {{ state_columns | join(', ') }}
  from fact
  group by {{ state_columns | join(', ') }}
),

decided as (
  select state.*, rule.rule_id, rule.result
  from state
  inner join {{ ref('code_aca_line_14') }} as rule
    on {% for column in state_columns -%}
    (rule.{{ column }} = '*' or rule.{{ column }} = state.{{ column }}){{ ' and ' if not loop.last }}
    {%- endfor %}
)

select
  fact.employee_id, fact.turn_id,
  decided.result as line_14,
  decided.rule_id as rule_14,
  case when decided.rule_id is null then fact.reason end as reason_14,
  {% for column in state_columns -%}
  fact.{{ column }} as state_{{ column }}{{ ', ' if not loop.last }}
  {%- endfor %}
from fact
left join decided
  on {% for column in state_columns -%}
  fact.{{ column }} = decided.{{ column }}{{ ' and ' if not loop.last }}
  {%- endfor %}
