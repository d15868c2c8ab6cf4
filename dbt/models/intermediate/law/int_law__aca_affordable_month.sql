{# Percentages are cast wide before they meet an amount: DuckDB keeps the product of two decimals of at most 18
   digits in 18, and one wrong rate of pay would end the build of everybody. -#}
with priced as (
  select
    price.company_id, price.employee_id, price.turn_id, price.tax_year, price.month, price.last_month, price.month_start, price.price,
    plan_year.start_date as plan_year_start,
    {{ later('plan_year.start_date', 'price.coverage_from') }} as period_start,
    upper(coalesce(employed.worksite_state, company.state)) as area_state,
    person.fpl_choice, person.uses_1a
  from {{ ref('int_law__aca_price_month') }} as price
  inner join {{ ref('int_law__aca_employed_month') }} as employed
    on price.turn_id = employed.turn_id
  inner join {{ ref('int_law__aca_employee_year') }} as person
    on price.company_id = person.company_id and price.employee_id = person.employee_id and price.tax_year = person.tax_year
  inner join {{ ref('stg_hr__company') }} as company on price.company_id = company.company_id
  left join (
    select benefit_plan_id, start_date, end_date,
      row_number() over (partition by benefit_plan_id, end_date order by start_date) as place
    from {{ ref('stg_hr__plan_year') }}
  ) as plan_year
    on price.benefit_plan_id = plan_year.benefit_plan_id and plan_year.place = 1
    and price.month_start between plan_year.start_date and plan_year.end_date
),

with_limit as (
  select
    priced.*,
    poverty.required_contribution_pct as pct,
    {%- for area in ['mainland', 'alaska', 'hawaii'] %}
    poverty.required_contribution_pct * case when priced.fpl_choice = 'at_plan_year_start' then poverty.at_start_{{ area }} else poverty.highest_{{ area }} end as limit_{{ area }}{{ ',' if not loop.last }}
    {%- endfor %}
  from priced
  left join {{ ref('int_law__aca_poverty_limit') }} as poverty on priced.plan_year_start = poverty.plan_year_start
),

rate_at_start as (
  select
    priced.turn_id,
    max(rate.amount) as start_amount,
    max(rate.basis) as start_basis
  from priced
  inner join {{ ref('stg_hr__pay_rate') }} as rate
    on priced.company_id = rate.company_id and priced.employee_id = rate.employee_id
    and rate.from_date <= priced.period_start and {{ open_end('rate.to_date') }} >= priced.period_start
  group by priced.turn_id
),

tested as (
  select
    with_limit.company_id, with_limit.employee_id, with_limit.turn_id, with_limit.tax_year,
    coalesce(pay.month, with_limit.month) as month, with_limit.last_month as holds_to, coalesce(pay.month_start, with_limit.month_start) as month_start,
    with_limit.price, with_limit.pct,
    case when with_limit.area_state = 'AK' then with_limit.limit_alaska when with_limit.area_state = 'HI' then with_limit.limit_hawaii
      when with_limit.area_state is not null then with_limit.limit_mainland end as limit_2g,
    with_limit.price * 1200 <= with_limit.limit_mainland as is_within_mainland_limit,
    case
      when with_limit.area_state = 'AK' then with_limit.price * 1200 <= with_limit.limit_alaska
      when with_limit.area_state = 'HI' then with_limit.price * 1200 <= with_limit.limit_hawaii
      when with_limit.area_state is not null then with_limit.price * 1200 <= with_limit.limit_mainland
      when with_limit.price * 1200 <= with_limit.limit_mainland then true
      when with_limit.price * 1200 > with_limit.limit_alaska then false
    end as is_affordable_2g,
    case
      when with_limit.price is null or pay.turn_id is null or pay.paid_days <> pay.employed_days or pay.basis_low <> pay.basis_high then null
      when rate_at_start.start_amount is null or rate_at_start.start_basis <> pay.basis_low then null
      when pay.basis_low = 'hourly' then with_limit.price * 100 <= cast(with_limit.pct * law.rate_of_pay_hours_month as decimal(19,4))
        * case when rate_at_start.start_amount < pay.lowest_amount then rate_at_start.start_amount else pay.lowest_amount end
      when pay.lowest_amount < rate_at_start.start_amount then false
      else with_limit.price * 100 <= cast(with_limit.pct as decimal(19,4)) * pay.lowest_amount
    end as is_affordable_2h
  from with_limit
  inner join {{ ref('int_law__by_tax_year') }} as law on with_limit.tax_year = law.tax_year
  left join {{ ref('int_law__aca_pay_month') }} as pay
    on with_limit.turn_id = pay.turn_id
  left join rate_at_start
    on with_limit.turn_id = rate_at_start.turn_id
),

marked as (
  select
    tested.*,
    row_number() over (partition by turn_id order by month) = 1
      or is_affordable_2h is distinct from lag(is_affordable_2h) over (partition by turn_id order by month) as is_turn
  from tested
)

select
  company_id, employee_id, turn_id, tax_year, month,
  cast(coalesce(lead(month) over (partition by turn_id order by month) - 1, holds_to) as integer) as last_month,
  month_start, price, pct, limit_2g, is_within_mainland_limit, is_affordable_2g, is_affordable_2h
from marked
where is_turn
