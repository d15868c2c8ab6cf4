with source as (select * from {{ source('landing', 'user') }})

select
    id as user_id,
    company_id,
    employee_id,
    full_name,
    email,
    is_active,
    created_at,
    updated_at
from source
