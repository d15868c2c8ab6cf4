with source as (select * from {{ source('landing', 'benefits_budget') }})

select
    id as benefits_budget_id,
    company_id,
    month,
    cost_category,
    benefit_type,
    department_id,
    provider_config_id,
    amount,
    updated_at
from source
