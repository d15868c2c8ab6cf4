with source as (select * from {{ source('landing', 'document') }})

select
    id as document_id,
    company_id,
    benefit_plan_id,
    kind,
    effective_from,
    executed_at,
    retention_class,
    updated_at
from source
