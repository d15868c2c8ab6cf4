with source as (select * from {{ source('landing', 'plan_rate') }})

select
    id as plan_rate_id,
    benefit_plan_id,
    coverage_level,
    contribution_class,
    is_tobacco_user,
    from_date,
    to_date,
    total_premium_monthly,
    employee_cost_monthly,
    cobra_premium_monthly,
    updated_at
from source
