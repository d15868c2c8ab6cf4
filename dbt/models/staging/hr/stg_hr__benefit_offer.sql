with source as (select * from {{ source('landing', 'benefit_offer') }})

select
    id as benefit_offer_id,
    employee_id,
    company_id,
    benefit_plan_id,
    offer_date,
    coverage_from,
    coverage_to,
    reason,
    offered_to_spouse,
    spouse_conditional,
    offered_to_dependents,
    response,
    response_date,
    employee_self_only_cost,
    updated_at
from source
