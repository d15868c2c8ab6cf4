with source as (select * from {{ source('landing', 'carrier_invoice_line') }})

select
    id as carrier_invoice_line_id,
    provider_config_id,
    benefit_plan_id,
    invoice_month,
    subscriber_number,
    coverage_level,
    amount,
    adjustment_month,
    updated_at
from source
