with source as (select * from {{ source('landing', 'security_incident') }})

select
    id as security_incident_id,
    company_id,
    discovered_on,
    involves_phi,
    was_encrypted,
    individuals_affected,
    state,
    risk_assessed_on,
    individuals_notified_on,
    regulator_notified_on,
    updated_at
from source
