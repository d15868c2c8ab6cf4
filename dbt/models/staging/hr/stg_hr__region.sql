with source as (select * from {{ source('landing', 'region') }})

select
    id as region_id,
    company_id,
    name,
    code,
    is_active,
    updated_at
from source
