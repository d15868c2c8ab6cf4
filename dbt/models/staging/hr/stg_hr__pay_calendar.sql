with source as (select * from {{ source('landing', 'pay_calendar') }})

select
    id as pay_calendar_id,
    company_id,
    pay_frequency,
    pay_date,
    updated_at
from source
