with source as (select * from {{ source('landing', 'override') }})

select
    id as override_id,
    company_id,
    rule_id,
    grain_key,
    field,
    value,
    replaced_value,
    tax_year,
    reason,
    actor,
    decided_at,
    expires_on
from source
