with source as (select * from {{ source('landing', 'cobra_event') }})

select
    id as cobra_event_id,
    employee_id,
    enrollment_id,
    event_type,
    event_date,
    loss_of_coverage_date,
    administrator_notified_date,
    employer_is_administrator,
    updated_at
from source
