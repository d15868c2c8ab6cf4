with source as (select * from {{ source('landing', 'plan_fee') }})

select
    id as plan_fee_id,
    plan_contract_id,
    benefit_plan_id,
    plan_year,
    recipient_name,
    recipient_ein,
    address_line1,
    city,
    state,
    zip,
    country,
    organization_code,
    base_commission,
    fee_amount,
    fee_purpose,
    service_codes,
    relationship,
    direct_compensation,
    indirect_compensation,
    eligible_indirect,
    has_formula,
    updated_at
from source
