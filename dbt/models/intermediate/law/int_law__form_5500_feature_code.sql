{# Line 8b: declared codes win; else every benefit of the plan, insured or not, in code order. 4R is added elsewhere. #}
with filing as (
  select * from {{ ref('int_law__form_5500_plan_year') }}
),

component as (
  select * from {{ ref('int_law__form_5500_component') }}
),

plan as (
  select benefit_plan_id, feature_codes from {{ ref('stg_hr__benefit_plan') }}
),

contract as (
  select filing_id, plan_contract_id, benefit_types
  from {{ ref('int_law__form_5500_contract') }}
  where is_on_schedule_a
),

contract_code as (
  select contract_benefit, welfare_code from {{ ref('code_form_5500_contract_benefit') }}
),

contract_element as (
  {{ json_elements('contract', ['filing_id', 'plan_contract_id'], 'benefit_types') }}
),

declared_element as (
  {{ json_elements('plan', ['benefit_plan_id'], 'feature_codes') }}
),

active_part as (
  select
    filing.filing_id,
    component.is_filing_plan,
    component.part_count,
    component.welfare_code,
    component.derived_plan_kind
  from filing
  inner join component on filing.benefit_plan_id = component.filing_plan_id
  where coalesce(component.effective_date, filing.start_date) <= filing.end_date
    and coalesce(component.termination_date, filing.end_date) >= filing.start_date
),

undetermined as (
  select filing_id
  from active_part
  where (not is_filing_plan and derived_plan_kind is null)
  union
  select contract.filing_id
  from contract
  where not {{ json_list_declares('contract.benefit_types') }}
),

derived_code as (
  select filing_id, welfare_code
  from active_part
  where welfare_code is not null and (not is_filing_plan or part_count = 0)
  union
  select contract_element.filing_id, contract_code.welfare_code
  from contract_element
  inner join contract_code on contract_element.element = contract_code.contract_benefit
  where contract_code.welfare_code is not null
),

declared_code as (
  select
    filing.filing_id,
    declared_element.element as code
  from filing
  inner join declared_element on filing.benefit_plan_id = declared_element.benefit_plan_id
),

derived_text as (
  select filing_id, {{ json_list("'\"' || welfare_code || '\"'", 'welfare_code') }} as codes
  from derived_code
  group by filing_id
),

declared_welfare as (
  select filing_id, {{ json_list("'\"' || code || '\"'", 'code') }} as codes
  from declared_code
  where substr(code, 1, 1) = '4'
  group by filing_id
),

declared_pension as (
  select filing_id, {{ json_list("'\"' || code || '\"'", 'code') }} as codes
  from declared_code
  where substr(code, 1, 1) <> '4'
  group by filing_id
)

select
  filing.filing_id,
  {{ replace_all('declared_welfare.codes', '[^0-9A-Z]', '') }} as declared_codes,
  case when undetermined.filing_id is null then {{ replace_all('derived_text.codes', '[^0-9A-Z]', '') }} end as derived_codes,
  {{ replace_all('declared_pension.codes', '[^0-9A-Z]', '') }} as pension_codes
from filing
left join derived_text on filing.filing_id = derived_text.filing_id
left join undetermined on filing.filing_id = undetermined.filing_id
left join declared_welfare on filing.filing_id = declared_welfare.filing_id
left join declared_pension on filing.filing_id = declared_pension.filing_id
