with source as (select * from {{ source('landing', 'table_state') }})

select
    table_name,
    state,
    row_count,
    rejected_count,
    content_hash
from source
