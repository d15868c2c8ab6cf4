with source as (select * from {{ source('landing', 'plan_year') }})

select
    id as plan_year_id,
    benefit_plan_id,
    start_date,
    end_date,
    updated_at
from source
