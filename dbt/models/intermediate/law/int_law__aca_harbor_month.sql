{# What a monthly cost is measured by: 26 CFR 54.4980H-5(e)(2)(iii), (iv), and the limit of a qualifying offer, which is the
   mainland's. A salary counts as of the first day of the coverage period, and not at all once it was reduced. One row per turning month with a cost, and one more from each change of the rate of pay: the numbers of a month.
   Percentages are cast wide before they meet an amount: DuckDB keeps the product of two decimals of at most 18 digits in 18, and
   one wrong rate of pay would end the build of everybody. -#}
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

with_line as (
  select
    priced.*,
    poverty.required_contribution_pct as pct,
    case when priced.area_state = 'AK' then 'alaska' when priced.area_state = 'HI' then 'hawaii' when priced.area_state is not null then 'mainland' end as area,
    {%- for area in ['mainland', 'alaska', 'hawaii'] %}
    case when priced.fpl_choice = 'at_plan_year_start' then poverty.at_start_{{ area }} else poverty.highest_{{ area }} end as line_{{ area }}{{ ',' if not loop.last }}
    {%- endfor %}
  from priced
  left join {{ ref('int_law__aca_poverty_limit') }} as poverty on priced.plan_year_start = poverty.plan_year_start
),

of_area as (
  select
    with_line.*,
    case area when 'alaska' then line_alaska when 'hawaii' then line_hawaii when 'mainland' then line_mainland end as line_of_area
  from with_line
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
)

select
  of_area.company_id, of_area.employee_id, of_area.turn_id, of_area.tax_year,
  coalesce(pay.month, of_area.month) as month,
  cast(coalesce(lead(pay.month) over (partition by of_area.turn_id order by pay.month) - 1, of_area.last_month) as integer) as last_month,
  coalesce(pay.month_start, of_area.month_start) as month_start,
  of_area.price, of_area.pct, of_area.plan_year_start, of_area.area, of_area.line_mainland, of_area.line_of_area,
  law.rate_of_pay_hours_month as pay_hours,
  case when pay.paid_days = pay.employed_days and pay.basis_low = pay.basis_high and rate_at_start.start_basis = pay.basis_low then pay.basis_low end as pay_basis,
  rate_at_start.start_amount, pay.lowest_amount,
  of_area.price * 1200 <= of_area.pct * of_area.line_mainland as is_within_mainland_limit,
  case
    when of_area.area is not null then of_area.price * 1200 <= of_area.pct * of_area.line_of_area
    when of_area.price * 1200 <= of_area.pct * of_area.line_mainland then true
    when of_area.price * 1200 > of_area.pct * of_area.line_alaska then false
  end as is_affordable_2g,
  case
    when of_area.price is null or pay.turn_id is null or pay.paid_days <> pay.employed_days or pay.basis_low <> pay.basis_high then null
    when rate_at_start.start_amount is null or rate_at_start.start_basis <> pay.basis_low then null
    when pay.basis_low = 'hourly' then of_area.price * 100 <= cast(of_area.pct * law.rate_of_pay_hours_month as decimal(19,4))
      * case when rate_at_start.start_amount < pay.lowest_amount then rate_at_start.start_amount else pay.lowest_amount end
    when pay.lowest_amount < rate_at_start.start_amount then false
    else of_area.price * 100 <= cast(of_area.pct as decimal(19,4)) * rate_at_start.start_amount
  end as is_affordable_2h
from of_area
inner join {{ ref('int_law__by_tax_year') }} as law on of_area.tax_year = law.tax_year
left join {{ ref('int_law__aca_pay_month') }} as pay
  on of_area.turn_id = pay.turn_id
left join rate_at_start
  on of_area.turn_id = rate_at_start.turn_id
