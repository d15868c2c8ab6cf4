with source as (select * from {{ source('landing', 'program_investment') }})

select
    id as program_investment_id,
    company_id,
    program,
    month,
    cost,
    measured_saving,
    method,
    updated_at
from source
