with source as (select * from {{ source('landing', 'pay_rate') }})

select
    id as pay_rate_id,
    employee_id,
    company_id,
    from_date,
    to_date,
    basis,
    amount,
    updated_at
from source
