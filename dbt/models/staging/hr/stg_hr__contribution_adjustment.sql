with source as (select * from {{ source('landing', 'contribution_adjustment') }})

select
    id as contribution_adjustment_id,
    employee_id,
    benefit_plan_id,
    kind,
    amount_monthly,
    from_date,
    to_date,
    adopted_on,
    updated_at
from source
