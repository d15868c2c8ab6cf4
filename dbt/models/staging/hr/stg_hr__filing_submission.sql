with source as (select * from {{ source('landing', 'filing_submission') }})

select
    id as filing_submission_id,
    company_id,
    form,
    entity_key,
    year,
    due_date,
    filed_on,
    receipt_id,
    status,
    source,
    updated_at
from source
