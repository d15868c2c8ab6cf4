with source as (select * from {{ source('landing', 'employee') }})

select
    id as employee_id,
    company_id,
    person_key,
    employee_number,
    first_name,
    middle_name,
    last_name,
    suffix,
    ssn,
    date_of_birth,
    email,
    phone,
    worker_type,
    original_hire_date,
    is_officer,
    ownership_pct,
    death_date,
    created_at,
    updated_at
from source
