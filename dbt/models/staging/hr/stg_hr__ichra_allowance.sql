with source as (select * from {{ source('landing', 'ichra_allowance') }})

select
    id as ichra_allowance_id,
    benefit_plan_id,
    employee_class,
    age_from,
    age_to,
    from_date,
    to_date,
    amount_monthly,
    location_basis,
    updated_at
from source
