select company_id, employee_id, tax_year, month, kind, is_exposed, has_credit
from {{ ref('int_law__aca_exposed_month') }}
