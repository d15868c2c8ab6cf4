with source as (select * from {{ source('landing', 'rejected') }})

select
    table_name,
    row_number,
    primary_key,
    company_id,
    employee_id,
    columns,
    reasons,
    row_json
from source
