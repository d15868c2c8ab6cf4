with source as (select * from {{ source('landing', 'aca_employer_year') }})

select
    id as aca_employer_year_id,
    company_id,
    tax_year,
    ale_status,
    first_ale_year,
    offered_prior_year,
    use_1a,
    qualifying_offer_method,
    ninety_eight_percent_method,
    safe_harbor_order,
    column_c_day_rule,
    full_time_basis,
    non_employee_form,
    form_for_everyone,
    fpl_choice,
    silver_month_rule,
    dge_name,
    dge_ein,
    dge_contact_name,
    dge_contact_phone,
    updated_at
from source
