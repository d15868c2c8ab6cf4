{#- The rate of pay of a month with a cost. One rate that follows another without a gap turns no month of the person
   (int_law__aca_turn_of_person): where the amount changes within a turning month the later months are a row of their own. -#}
with rate as (
  select company_id, employee_id, from_date, {{ open_end('to_date') }} as to_date, basis, amount
  from {{ ref('stg_hr__pay_rate') }}
  where from_date <= {{ open_end('to_date') }}
),

first_day as (
  select company_id, employee_id, from_date as day_of_turn from rate
),

changed as (
  select company_id, employee_id, month_start
  from ({{ turned_months('first_day', 'company_id, employee_id') }}) as turned
  group by company_id, employee_id, month_start
),

priced as (
  select
    price.company_id, price.employee_id, price.turn_id, price.tax_year, price.month, price.last_month, price.month_start,
    employed.month_end, employed.employed_days, employed.span_start, employed.span_end
  from {{ ref('int_law__aca_price_month') }} as price
  inner join {{ ref('int_law__aca_employed_month') }} as employed
    on price.turn_id = employed.turn_id
),

piece as (
  select company_id, employee_id, turn_id, month, month_start, month_end, employed_days, span_start, span_end
  from priced
  union all
  select
    priced.company_id, priced.employee_id, priced.turn_id,
    cast(month(changed.month_start) as integer) as month, changed.month_start, {{ month_end('changed.month_start') }} as month_end,
    cast(day({{ month_end('changed.month_start') }}) as integer) as employed_days, priced.span_start, priced.span_end
  from priced
  inner join changed
    on priced.company_id = changed.company_id and priced.employee_id = changed.employee_id and priced.tax_year = year(changed.month_start)
  where month(changed.month_start) > priced.month and month(changed.month_start) <= priced.last_month
),

paid as (
  select
    piece.turn_id, piece.month, min(piece.month_start) as month_start,
    min(rate.amount) as lowest_amount,
    min(rate.basis) as basis_low,
    max(rate.basis) as basis_high,
    cast(sum({{ shared_days('rate.from_date', 'rate.to_date',
      later('piece.month_start', 'piece.span_start'), earlier('piece.month_end', 'piece.span_end')) }}) as integer) as paid_days,
    max(piece.employed_days) as employed_days
  from piece
  inner join rate
    on piece.company_id = rate.company_id and piece.employee_id = rate.employee_id
    and rate.from_date <= piece.month_end and rate.to_date >= piece.month_start
  group by piece.turn_id, piece.month
)

select priced.employee_id, paid.*
from paid
inner join priced on paid.turn_id = priced.turn_id
