with source as (select * from {{ source('landing', 'ale_group_member') }})

select
    id as ale_group_member_id,
    group_name,
    company_id,
    name,
    ein,
    from_date,
    to_date,
    monthly_full_time_count,
    updated_at
from source
