with source as (select * from {{ source('landing', 'multiemployer_contribution') }})

select
    id as multiemployer_contribution_id,
    employee_id,
    company_id,
    from_date,
    to_date,
    required_by_agreement,
    affordable_minimum_value,
    dependents_offered,
    updated_at
from source
