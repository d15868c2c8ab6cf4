with source as (select * from {{ source('landing', 'measurement_policy') }})

select
    id as measurement_policy_id,
    company_id,
    valid_from,
    valid_to,
    applies_to,
    method,
    standard_start_month_day,
    standard_length_months,
    admin_start_month_day,
    admin_length_days,
    stability_start_month_day,
    stability_length_months,
    initial_start_rule,
    initial_length_months,
    initial_admin_length_days,
    weekly_rule,
    equivalency,
    break_weeks,
    parity_rule,
    leave_treatment,
    updated_at
from source
