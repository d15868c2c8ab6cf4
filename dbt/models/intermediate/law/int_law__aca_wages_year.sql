{#- 26 CFR 54.4980H-5(e)(2)(ii): what the year's coverage costs against box 1 of the year; the contribution stays the
   same during the calendar year, or within each plan year of a plan that renews in between. -#}
with wages as (
  select company_id, employee_id, tax_year, max(box_1) as box_1, count(*) as row_count
  from {{ ref('stg_hr__annual_wages') }}
  group by company_id, employee_id, tax_year
),

year_of_person as (
  select
    employed.company_id, employed.employee_id, employed.tax_year,
    cast(sum(case when employed.is_employed then employed.last_month - employed.month + 1 else 0 end) as integer) as months_employed,
    cast(sum(case when (offer.is_minimum_value or offer.is_ichra) and employed.is_employed and relief.employee_id is null then employed.last_month - employed.month + 1 else 0 end) as integer) as months_offered,
    max(case when employed.is_employed is null or (offer.is_offered is null and relief.employee_id is null) then 1 else 0 end) as has_unknown
  from {{ ref('int_law__aca_employed_month') }} as employed
  inner join {{ ref('int_law__aca_offer_month') }} as offer
    on employed.turn_id = offer.turn_id
  left join {{ ref('int_law__aca_relief_month') }} as relief
    on employed.turn_id = relief.turn_id
  group by employed.company_id, employed.employee_id, employed.tax_year
),

{#- The percentage is that of the year in which the plan year begins, so it tells one plan year from the next; only a
    short plan year and the next of the same calendar year it does not. -#}
plan_year_contribution as (
  select
    affordable.company_id, affordable.employee_id, affordable.tax_year, affordable.pct,
    sum(case when affordable.price is not null then affordable.last_month - affordable.month + 1 else 0 end) as months_priced,
    sum(affordable.price * (affordable.last_month - affordable.month + 1)) as price_total,
    case when min(affordable.price) <> max(affordable.price) then 1 else 0 end as is_changed,
    sum(case when affordable.pct is not null then affordable.last_month - affordable.month + 1 else 0 end) as months_with_pct
  from {{ ref('int_law__aca_affordable_month') }} as affordable
  left join {{ ref('int_law__aca_relief_month') }} as relief
    on affordable.turn_id = relief.turn_id
  where relief.employee_id is null
  group by affordable.company_id, affordable.employee_id, affordable.tax_year, affordable.pct
),

contribution as (
  select
    company_id, employee_id, tax_year,
    sum(months_priced) as months_priced, sum(price_total) as price_total, max(is_changed) as is_changed,
    min(pct) as pct_low, max(pct) as pct_high, sum(months_with_pct) as months_with_pct
  from plan_year_contribution
  group by company_id, employee_id, tax_year
)

select
  year_of_person.company_id, year_of_person.employee_id, year_of_person.tax_year,
  case
    when year_of_person.has_unknown = 1 or wages.box_1 is null or wages.row_count > 1 then null
    when contribution.months_priced is null or contribution.months_priced <> year_of_person.months_offered then null
    when contribution.months_with_pct <> contribution.months_priced then null
    when contribution.is_changed = 1 then false
    {%- for pct, comparison, answer in [('pct_low', '<=', 'true'), ('pct_high', '>', 'false')] %}
    when contribution.price_total * 100 * year_of_person.months_employed
      {{ comparison }} cast(contribution.{{ pct }} as decimal(19,4)) * wages.box_1 * year_of_person.months_offered then {{ answer }}
    {%- endfor %}
  end as is_affordable_2f,
  case when wages.row_count = 1 then wages.box_1 end as box_1,
  year_of_person.months_employed, year_of_person.months_offered,
  contribution.price_total, contribution.pct_low, contribution.pct_high, contribution.is_changed = 1 as is_cost_changed
from year_of_person
left join wages
  on year_of_person.company_id = wages.company_id and year_of_person.employee_id = wages.employee_id
  and year_of_person.tax_year = wages.tax_year
left join contribution
  on year_of_person.company_id = contribution.company_id and year_of_person.employee_id = contribution.employee_id
  and year_of_person.tax_year = contribution.tax_year
