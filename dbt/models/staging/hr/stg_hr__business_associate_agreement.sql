with source as (select * from {{ source('landing', 'business_associate_agreement') }})

select
    id as business_associate_agreement_id,
    provider_config_id,
    counterparty,
    signed_on,
    effective_from,
    effective_to,
    covers_subcontractors,
    updated_at
from source
