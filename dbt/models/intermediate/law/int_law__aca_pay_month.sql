with rate as (
  select company_id, employee_id, from_date, {{ open_end('to_date') }} as to_date, basis, amount
  from {{ ref('stg_hr__pay_rate') }}
  where from_date <= {{ open_end('to_date') }}
)

select
  min(employed.company_id) as company_id, min(employed.employee_id) as employee_id, employed.turn_id, min(employed.month_start) as month_start,
  min(rate.amount) as lowest_amount,
  min(rate.basis) as basis_low,
  max(rate.basis) as basis_high,
  cast(sum({{ shared_days('rate.from_date', 'rate.to_date',
    later('employed.month_start', 'employed.span_start'), earlier('employed.month_end', 'employed.span_end')) }}) as integer) as paid_days,
  max(employed.employed_days) as employed_days
from {{ ref('int_law__aca_employed_month') }} as employed
inner join rate
  on employed.company_id = rate.company_id and employed.employee_id = rate.employee_id
  and rate.from_date <= employed.month_end and rate.to_date >= employed.month_start
group by employed.turn_id
