{# Line 8 of each Schedule A: which benefits and which kind of contract. #}
with contract as (
  select schedule_a_id, benefit_types, network_type
  from {{ ref('int_law__form_5500_contract') }}
  where is_on_schedule_a
),

{% set boxes = ['health', 'dental', 'vision', 'life', 'std', 'ltd', 'supplemental_unemployment', 'prescription_drug', 'stop_loss', 'other'] -%}
flagged as (
  select
    schedule_a_id,
    {% for box in boxes -%}
    max({{ json_list_has('benefit_types', box) }}) as is_{{ box }},
    {% endfor -%}
    max(case when upper(network_type) = 'HMO' then 1 else 0 end) as is_hmo,
    max(case when upper(network_type) = 'PPO' then 1 else 0 end) as is_ppo,
    max(case when upper(network_type) = 'INDEMNITY' then 1 else 0 end) as is_indemnity,
    max(case when network_type is not null and upper(network_type) not in ('HMO', 'PPO', 'INDEMNITY') then 1 else 0 end) as is_network_unknown,
    min(case when {{ json_list_declares('benefit_types') }} then 1 else 0 end) as is_declared
  from contract
  group by schedule_a_id
)

select
  schedule_a_id,
  is_declared = 1 as is_declared,
  is_network_unknown = 1 as is_network_unknown,
  {% for box in boxes -%}
  case when is_declared = 1 then is_{{ box }} end as is_{{ box }},
  {% endfor -%}
  case when is_network_unknown = 0 then is_hmo end as is_hmo,
  case when is_network_unknown = 0 then is_ppo end as is_ppo,
  case when is_network_unknown = 0 then is_indemnity end as is_indemnity
from flagged
