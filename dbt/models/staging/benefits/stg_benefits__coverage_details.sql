with source as (select * from {{ source('landing', 'benefits_coverage_details') }})

select
    id as coverage_details_id,
    company_id,
    enrollment_id,
    coverage_type,
    plan_name,
    plan_code,
    coverage_amount,
    deductible_amount,
    copay_amount,
    coinsurance_percentage,
    out_of_pocket_max,
    network_type,
    provider_network,
    coverage_tier,
    waiting_period_days,
    pre_existing_conditions,
    limitations,
    additional_benefits,
    premium_amount,
    is_active,
    created_at,
    updated_at
from source
