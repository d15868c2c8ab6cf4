with source as (select * from {{ source('landing', 'kpi_target') }})

select
    id as kpi_target_id,
    company_id,
    metric_id,
    period,
    target,
    direction,
    updated_at
from source
