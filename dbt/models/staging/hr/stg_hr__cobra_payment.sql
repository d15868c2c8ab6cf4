with source as (select * from {{ source('landing', 'cobra_payment') }})

select
    id as cobra_payment_id,
    cobra_beneficiary_id,
    coverage_month,
    due_date,
    postmark_date,
    amount,
    updated_at
from source
