with source as (select * from {{ source('landing', 'company') }})

select
    id as company_id,
    legal_name,
    ein,
    address_line1,
    address_line2,
    city,
    state,
    zip,
    country,
    phone,
    contact_name,
    contact_title,
    contact_phone,
    business_code,
    fiscal_year_end_month,
    erisa_sponsor,
    is_applicable_creditor,
    is_test_data,
    is_active,
    created_at,
    updated_at
from source
