with period as (
  select company_id, employee_id, start_date, {{ open_end('end_date') }} as to_date
  from {{ ref('stg_hr__employment_period') }}
  where start_date <= {{ open_end('end_date') }}
)

{{ merged_spans('period', ['company_id', 'employee_id'], 'start_date', 'to_date') }}
