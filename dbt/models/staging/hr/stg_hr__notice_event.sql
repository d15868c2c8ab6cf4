with source as (select * from {{ source('landing', 'notice_event') }})

select
    id as notice_event_id,
    company_id,
    notice_code,
    benefit_plan_id,
    employee_id,
    due_date,
    sent_at,
    method,
    proof,
    notification_log_id,
    updated_at
from source
