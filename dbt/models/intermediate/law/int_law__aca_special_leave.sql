with special as (
  select company_id, employee_id, from_date, to_date from {{ ref('int_law__aca_unpaid_leave') }} where kind = 'special'
)

{{ merged_spans('special', ['company_id', 'employee_id'], 'from_date', 'to_date') }}
