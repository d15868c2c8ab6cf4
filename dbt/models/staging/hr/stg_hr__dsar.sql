with source as (select * from {{ source('landing', 'dsar') }})

select
    id as dsar_id,
    company_id,
    law,
    received_on,
    acknowledged_on,
    extended_on,
    closed_on,
    outcome,
    updated_at
from source
