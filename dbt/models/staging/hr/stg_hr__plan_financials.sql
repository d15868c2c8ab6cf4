with source as (select * from {{ source('landing', 'plan_financials') }})

select
    id as plan_financials_id,
    benefit_plan_id,
    plan_year,
    schedule,
    line,
    column_key,
    row_number,
    amount,
    text_value,
    yes_no,
    updated_at
from source
