select company_id, employee_id, source_table, source_id, from_date, to_date
from {{ ref('int_law__aca_source_row') }}
