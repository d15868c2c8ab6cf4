with source as (select * from {{ source('landing', 'ptc_notice') }})

select
    id as ptc_notice_id,
    employee_id,
    tax_year,
    month,
    source,
    updated_at
from source
