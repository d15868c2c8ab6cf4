with source as (select * from {{ source('landing', 'carrier_roster') }})

select
    id as carrier_roster_id,
    provider_config_id,
    benefit_plan_id,
    subscriber_number,
    member_name,
    coverage_level,
    from_date,
    to_date,
    updated_at
from source
