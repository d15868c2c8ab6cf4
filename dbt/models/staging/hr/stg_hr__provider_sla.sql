with source as (select * from {{ source('landing', 'provider_sla') }})

select
    id as provider_sla_id,
    provider_config_id,
    metric,
    threshold,
    comparison,
    window_days,
    updated_at
from source
