{# How a plan is funded and pays (lines 9a, 9b): what is declared wins, else it follows from contracts and plans. #}
with filing as (
  select * from {{ ref('int_law__form_5500_plan_year') }}
),

component as (
  select * from {{ ref('int_law__form_5500_component') }}
),

plan as (
  select benefit_plan_id, funding_arrangement, benefit_arrangement from {{ ref('stg_hr__benefit_plan') }}
),

contract as (
  select benefit_plan_id, policy_from, policy_to
  from {{ ref('stg_hr__plan_contract') }}
  where coalesce(contract_kind, 'insured') = 'insured'
),

contract_state as (
  select coalesce(max(case when state <> 'absent' then 1 else 0 end), 0) as is_known
  from {{ ref('stg_landing__table_state') }}
  where table_name = 'plan_contract'
),

in_force as (
  select filing.filing_id, component.benefit_plan_id, component.is_filing_plan
  from filing
  inner join component on filing.benefit_plan_id = component.filing_plan_id
  inner join contract
    on component.benefit_plan_id = contract.benefit_plan_id
    and contract.policy_from <= filing.end_date
    and contract.policy_to >= filing.start_date
  group by filing.filing_id, component.benefit_plan_id, component.is_filing_plan
),

wrap_contract as (
  select filing_id from in_force where is_filing_plan group by filing_id
),

part as (
  select
    filing.filing_id,
    in_force.benefit_plan_id is not null or wrap_contract.filing_id is not null as is_insured,
    component.is_self_insured,
    component.has_trust,
    component.is_filing_plan and component.part_count > 0 as is_shell
  from filing
  inner join component on filing.benefit_plan_id = component.filing_plan_id
  left join in_force on filing.filing_id = in_force.filing_id and component.benefit_plan_id = in_force.benefit_plan_id
  left join wrap_contract on filing.filing_id = wrap_contract.filing_id
),

summed as (
  select
    filing_id,
    max(case when is_insured then 1 else 0 end) as is_insured,
    max(case when is_self_insured then 1 else 0 end) as is_self_insured,
    max(case when not is_shell and is_self_insured is null and not is_insured then 1 else 0 end) as is_undetermined,
    max(case when has_trust then 1 else 0 end) as has_trust,
    max(case when has_trust is not null then 1 else 0 end) as is_trust_given
  from part
  group by filing_id
),

derived as (
  select
    summed.*,
    contract_state.is_known = 1 and summed.is_undetermined = 0 and (summed.is_insured = 1 or summed.is_self_insured = 1) as is_derivable
  from summed
  cross join contract_state
),

chosen as (
  select
    filing.filing_id,
    derived.is_derivable,
    derived.is_insured,
    derived.is_self_insured,
    derived.has_trust,
    derived.is_trust_given,
    {{ json_list_declares('plan.funding_arrangement') }} as is_funding_declared,
    {{ json_list_declares('plan.benefit_arrangement') }} as is_benefit_declared,
    {% for kind in ['funding', 'benefit'] -%}
    {% for word in ['insurance', 'section_412', 'trust', 'general_assets'] -%}
    {{ json_list_has('plan.' ~ kind ~ '_arrangement', word) }} as declared_{{ kind }}_{{ word }}{{ ',' if not (loop.last and kind == 'benefit') }}
    {% endfor -%}
    {% endfor %}
  from filing
  inner join plan on filing.benefit_plan_id = plan.benefit_plan_id
  inner join derived on filing.filing_id = derived.filing_id
),

settled as (
  select
    *,
    {% for kind in ['funding', 'benefit'] -%}
    case when is_{{ kind }}_declared then declared_{{ kind }}_insurance when is_derivable then is_insured end as {{ kind }}_insurance,
    case when is_{{ kind }}_declared then declared_{{ kind }}_section_412 when is_derivable then 0 end as {{ kind }}_section_412,
    case when is_{{ kind }}_declared then declared_{{ kind }}_trust when is_trust_given = 1 then has_trust end as {{ kind }}_trust,
    case
      when is_{{ kind }}_declared then declared_{{ kind }}_general_assets
      when is_derivable and is_trust_given = 1 then case when has_trust = 1 then 0 else is_self_insured end
    end as {{ kind }}_general_assets,
    {% endfor -%}
    case
      when is_derivable and is_benefit_declared and declared_benefit_trust = 0
        and (declared_benefit_insurance <> is_insured or declared_benefit_general_assets <> is_self_insured)
        then 1
      when is_trust_given = 1 and is_funding_declared and declared_funding_trust <> has_trust then 1
      else 0
    end as differs
  from chosen
)

select
  filing_id,
  is_funding_declared,
  is_benefit_declared,
  funding_insurance,
  funding_section_412,
  funding_trust,
  funding_general_assets,
  benefit_insurance,
  benefit_section_412,
  benefit_trust,
  benefit_general_assets,
  differs = 1 as is_declared_different,
  case
    when funding_trust = 1 or benefit_trust = 1 then 'trust'
    when funding_trust is null or benefit_trust is null then null
    when benefit_insurance = 1 and benefit_general_assets = 1 then 'combination'
    when benefit_insurance = 1 and benefit_general_assets = 0 then 'insured'
    when benefit_insurance = 0 and benefit_general_assets = 1 then 'unfunded'
  end as arrangement
from settled
