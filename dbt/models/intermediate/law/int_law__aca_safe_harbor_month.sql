with candidate as (
  select
    fact.company_id, fact.employee_id, fact.turn_id, fact.tax_year,
    person.safe_harbor_order,
    share.is_offer_share_met,
    affordable.is_affordable_2g, affordable.is_affordable_2h, wages.is_affordable_2f,
    instr(person.safe_harbor_order, '2G') as place_2g,
    instr(person.safe_harbor_order, '2H') as place_2h,
    instr(person.safe_harbor_order, '2F') as place_2f
  from {{ ref('int_law__aca_fact_month') }} as fact
  inner join {{ ref('int_law__aca_line_14') }} as line_14
    on fact.turn_id = line_14.turn_id
  inner join {{ ref('int_law__aca_employee_year') }} as person
    on fact.company_id = person.company_id and fact.employee_id = person.employee_id and fact.tax_year = person.tax_year
  left join {{ ref('int_law__aca_offer_share_month') }} as share
    on fact.company_id = share.company_id and fact.month_start = share.month_start
  left join {{ ref('int_law__aca_affordable_month') }} as affordable
    on fact.facts_id = affordable.turn_id and fact.month between affordable.month and affordable.last_month
  left join {{ ref('int_law__aca_wages_year') }} as wages
    on fact.company_id = wages.company_id and fact.employee_id = wages.employee_id and fact.tax_year = wages.tax_year
  where fact.is_full_time and fact.is_offered and fact.is_employed
    and coalesce(fact.is_enrolled, true) = false and coalesce(fact.is_waiting, true) = false
    and line_14.line_14 in (select line_14 from {{ ref('code_aca_line_15') }} where takes_amount)
),

passing as (
  select
    candidate.*,
    {%- for harbor in ['2g', '2h', '2f'] %}
    place_{{ harbor }} > 0 and coalesce(is_affordable_{{ harbor }}, false) as passes_{{ harbor }},
    place_{{ harbor }} > 0 and is_affordable_{{ harbor }} is null as untested_{{ harbor }}{{ ',' if not loop.last }}
    {%- endfor %}
  from candidate
),

chosen as (
  select
    passing.*,
    case
      when passes_2g and not (passes_2h and place_2h < place_2g) and not (passes_2f and place_2f < place_2g) then '2G'
      when passes_2h and not (passes_2f and place_2f < place_2h) then '2H'
      when passes_2f then '2F'
      when untested_2g or untested_2h or untested_2f then '?'
      else 'none'
    end as first_choice
  from passing
),

with_year as (
  select
    chosen.*,
    max(case when first_choice = '2F' then 1 else 0 end) over (
      partition by company_id, employee_id, tax_year) as uses_2f
  from chosen
)

select
  employee_id, turn_id,
  case
    when first_choice = 'none' or is_offer_share_met = false then 'none'
    when first_choice = '?' then '?'
    when is_offer_share_met is null then '?'
    when uses_2f = 1 then '2F'
    else first_choice
  end as harbor,
  case
    when first_choice = '?' and coalesce(is_offer_share_met, true) then 'harbor_untested'
    when first_choice <> 'none' and is_offer_share_met is null then 'offer_share'
  end as harbor_reason
from with_year
