with source as (select * from {{ source('landing', 'leave_period') }})

select
    id as leave_period_id,
    employee_id,
    from_date,
    to_date,
    kind,
    is_paid,
    updated_at
from source
