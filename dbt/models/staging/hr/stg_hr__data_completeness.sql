with source as (select * from {{ source('landing', 'data_completeness') }})

select
    id as data_completeness_id,
    company_id,
    table_name,
    complete_from,
    complete_to,
    updated_at
from source
