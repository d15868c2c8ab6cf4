with source as (select * from {{ source('landing', 'silver_premium') }})

select
    id as silver_premium_id,
    plan_year,
    state,
    rating_area,
    zip,
    age,
    month,
    premium_monthly,
    updated_at
from source
