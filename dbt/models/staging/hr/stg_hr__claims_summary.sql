with source as (select * from {{ source('landing', 'claims_summary') }})

select
    id as claims_summary_id,
    benefit_plan_id,
    month,
    members,
    claims_paid,
    members_with_claim,
    updated_at
from source
