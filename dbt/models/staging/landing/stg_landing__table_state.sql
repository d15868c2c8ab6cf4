with source as (select * from {{ source('landing', 'table_state') }})

select
    table_name,
    state
from source
