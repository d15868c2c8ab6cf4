with source as (select * from {{ source('landing', 'hours_of_service') }})

select
    id as hours_of_service_id,
    employee_id,
    company_id,
    period_start,
    period_end,
    hours,
    basis,
    updated_at
from source
