with source as (select * from {{ source('landing', 'plan_participant') }})

select
    id as plan_participant_id,
    benefit_plan_id,
    employee_id,
    person_key,
    as_of_date,
    status,
    separated_on,
    account_balance,
    vested_pct,
    updated_at
from source
