{# One row per commission recipient of a Schedule A (line 3), largest amount first. #}
with contract as (
  select schedule_a_id, filing_id, company_id, plan_year, plan_contract_id
  from {{ ref('int_law__form_5500_contract') }}
  where is_on_schedule_a
),

fee as (
  select * from {{ ref('stg_hr__plan_fee') }}
),

paid as (
  select
    contract.schedule_a_id,
    contract.filing_id,
    contract.company_id,
    contract.plan_year,
    fee.plan_fee_id,
    fee.recipient_name,
    fee.address_line1,
    fee.city,
    fee.state,
    fee.zip,
    fee.country,
    coalesce(upper(fee.country), 'US') in ('US', 'USA', 'UNITED STATES') as is_domestic,
    fee.organization_code,
    {{ dollars('fee.base_commission') }} as base_amount,
    {{ dollars('fee.fee_amount') }} as fee_amount,
    fee.fee_purpose
  from contract
  inner join fee on contract.plan_contract_id = fee.plan_contract_id and contract.plan_year = fee.plan_year
)

select
  schedule_a_id,
  filing_id,
  company_id,
  plan_year,
  plan_fee_id,
  cast(row_number() over (
    partition by schedule_a_id
    order by coalesce(base_amount, 0) + coalesce(fee_amount, 0) desc, recipient_name, plan_fee_id
  ) as integer) as row_order,
  recipient_name,
  case when is_domestic then address_line1 end as us_address,
  case when is_domestic then city end as us_city,
  case when is_domestic then state end as us_state,
  case when is_domestic then {{ replace_all('zip', '[^0-9]', '') }} end as us_zip,
  case when not is_domestic then address_line1 end as foreign_address,
  case when not is_domestic then city end as foreign_city,
  case when not is_domestic then state end as foreign_province,
  case when not is_domestic then country end as foreign_country,
  case when not is_domestic then zip end as foreign_postal_code,
  base_amount,
  fee_amount,
  fee_purpose,
  organization_code
from paid
