with source as (select * from {{ source('landing', 'employment_period') }})

select
    id as employment_period_id,
    employee_id,
    company_id,
    start_date,
    end_date,
    end_reason,
    employment_class,
    contribution_class,
    employee_class,
    expected_full_time_at_hire,
    department_id,
    region_id,
    is_union,
    bargaining_unit,
    is_educational,
    pay_frequency,
    worksite_zip,
    worksite_state,
    updated_at
from source
