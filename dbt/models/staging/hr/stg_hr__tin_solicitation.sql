with source as (select * from {{ source('landing', 'tin_solicitation') }})

select
    id as tin_solicitation_id,
    person_kind,
    person_id,
    solicited_on,
    method,
    outcome,
    updated_at
from source
