with source as (select * from {{ source('landing', 'department') }})

select
    id as department_id,
    company_id,
    name,
    code,
    is_active,
    updated_at
from source
