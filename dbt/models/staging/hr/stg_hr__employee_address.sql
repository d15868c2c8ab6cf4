with source as (select * from {{ source('landing', 'employee_address') }})

select
    id as employee_address_id,
    employee_id,
    from_date,
    to_date,
    line1,
    line2,
    city,
    state,
    zip,
    county,
    country,
    updated_at
from source
