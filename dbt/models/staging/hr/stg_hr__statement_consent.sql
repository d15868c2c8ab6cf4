with source as (select * from {{ source('landing', 'statement_consent') }})

select
    id as statement_consent_id,
    employee_id,
    consented_on,
    revoked_on,
    method,
    updated_at
from source
