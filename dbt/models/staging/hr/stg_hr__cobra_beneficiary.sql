with source as (select * from {{ source('landing', 'cobra_beneficiary') }})

select
    id as cobra_beneficiary_id,
    cobra_event_id,
    person_name,
    relationship,
    election_notice_sent,
    elected_on,
    monthly_rate,
    start_date,
    end_date,
    end_reason,
    updated_at
from source
