{# The numbers behind codes 2G, 2H, 2F and 1A: what the cost was compared with, cut off to the cent, which changes no answer. A
   poverty line is found again by its amount, which differs from year to year. #}
with guideline as (
  select parameter, value, max(citation) as citation
  from {{ ref('law_aca') }}
  where parameter in ('fpl_single_mainland', 'fpl_single_alaska', 'fpl_single_hawaii')
  group by parameter, value
),

percentage as (
  select tax_year, value, citation from {{ ref('law_aca') }} where parameter = 'required_contribution_pct'
),

paid as (
  select
    harbor.*,
    case
      when pay_basis = 'hourly' then {{ smaller('start_amount', 'lowest_amount') }}
      when pay_basis is not null and lowest_amount >= start_amount then start_amount
    end as pay_amount,
    case when pay_basis = 'hourly' then pay_hours else 1 end as pay_units
  from {{ ref('int_law__aca_harbor_month') }} as harbor
)

select
  paid.company_id, paid.employee_id, paid.tax_year, paid.month, paid.last_month,
  person.uses_1a, person.safe_harbor_order, cast(paid.price as decimal(12,2)) as price,
  cast(paid.pct as decimal(6,2)) as pct, percentage.citation as pct_citation,
  paid.is_within_mainland_limit, cast(paid.line_mainland as decimal(14,2)) as line_mainland, mainland.citation as mainland_citation,
  cast({{ percent_down('cast(paid.pct * paid.line_mainland as decimal(24,6))', '120000') }} as decimal(14,2)) as limit_1a,
  paid.is_affordable_2g, paid.area, cast(paid.line_of_area as decimal(14,2)) as line_of_area, of_area.citation as area_citation,
  cast({{ percent_down('cast(paid.pct * paid.line_of_area as decimal(24,6))', '120000') }} as decimal(14,2)) as limit_2g,
  paid.is_affordable_2h, paid.pay_basis, cast(paid.pay_amount as decimal(12,4)) as pay_amount, cast(paid.pay_hours as int) as pay_hours,
  coalesce(paid.pay_basis <> 'hourly' and paid.lowest_amount < paid.start_amount, false) as is_pay_reduced,
  cast({{ percent_down('cast(cast(paid.pct * paid.pay_units as decimal(14,4)) * cast(paid.pay_amount as decimal(20,4)) as decimal(24,6))', '10000') }} as decimal(14,2)) as limit_2h,
  wages.is_affordable_2f, cast(wages.box_1 as decimal(14,2)) as box_1, wages.months_employed, wages.months_offered,
  cast(wages.price_total as decimal(14,2)) as price_total, wages.is_cost_changed,
  {%- for bound in ['low', 'high'] %}
  cast(wages.pct_{{ bound }} as decimal(6,2)) as pct_2f_{{ bound }},
  cast({{ percent_down('cast(cast(wages.pct_' ~ bound ~ ' * wages.months_offered as decimal(14,4)) * cast(wages.box_1 as decimal(20,2)) as decimal(24,6))', '(100 * 100 * wages.months_employed)') }} as decimal(14,2)) as limit_2f_{{ bound }}{{ ',' if not loop.last }}
  {%- endfor %}
from paid
inner join {{ ref('int_law__aca_employee_year') }} as person
  on paid.company_id = person.company_id and paid.employee_id = person.employee_id and paid.tax_year = person.tax_year
left join percentage on year(paid.plan_year_start) = percentage.tax_year and paid.pct = percentage.value
left join guideline as mainland on mainland.parameter = 'fpl_single_mainland' and paid.line_mainland = mainland.value
left join guideline as of_area on of_area.parameter = 'fpl_single_' || paid.area and paid.line_of_area = of_area.value
left join {{ ref('int_law__aca_wages_year') }} as wages
  on paid.company_id = wages.company_id and paid.employee_id = wages.employee_id and paid.tax_year = wages.tax_year
