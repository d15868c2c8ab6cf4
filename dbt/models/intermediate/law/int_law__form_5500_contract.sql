{# Contracts of a plan and its parts whose policy year ends in the plan year; same rating unit, same Schedule A. #}
with filing as (
  select * from {{ ref('int_law__form_5500_plan_year') }}
),

component as (
  select filing_plan_id, benefit_plan_id from {{ ref('int_law__form_5500_component') }}
),

contract as (
  select * from {{ ref('stg_hr__plan_contract') }}
)

select
  filing.filing_id,
  filing.company_id,
  filing.plan_year,
  filing.start_date,
  filing.end_date,
  contract.*,
  coalesce(contract.contract_kind, 'insured') = 'insured' as is_on_schedule_a,
  {{ uuid5(['filing.filing_id', "coalesce('unit ' || contract.rating_unit, contract.plan_contract_id)"]) }} as schedule_a_id
from filing
inner join component on filing.benefit_plan_id = component.filing_plan_id
inner join contract on component.benefit_plan_id = contract.benefit_plan_id
where contract.policy_to between filing.start_date and filing.end_date
