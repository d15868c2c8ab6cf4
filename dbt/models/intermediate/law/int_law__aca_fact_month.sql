{# Two facts turn within a person's turning months: whether the employer's offers reach the share of the law, which follows
   from everybody's months, and whether the rate of pay makes the cost affordable. The later months are a row of their own. #}
with cut as (
  select employed.turn_id, share.month, share.month_start
  from {{ ref('int_law__aca_offer_share_month') }} as share
  inner join {{ ref('int_law__aca_employed_month') }} as employed
    on employed.company_id = share.company_id and employed.tax_year = share.tax_year
    and employed.month < share.month and employed.last_month >= share.month
  where share.is_turn and share.month > 1
  union
  select employed.turn_id, affordable.month, affordable.month_start
  from {{ ref('int_law__aca_affordable_month') }} as affordable
  inner join {{ ref('int_law__aca_employed_month') }} as employed
    on affordable.turn_id = employed.turn_id and affordable.month > employed.month
),

cut_to as (
  select turn_id, month, month_start, lead(month) over (partition by turn_id order by month) - 1 as last_month
  from cut
),

first_cut as (
  select turn_id, min(month) - 1 as last_month from cut group by turn_id
),

employed as (
  {%- for cut, start, kind in [('first_cut', 'employed', 'left'), ('cut_to', 'cut_to', 'inner')] %}
  select
    employed.company_id, employed.employee_id, employed.turn_id, employed.tax_year, employed.month_start, employed.is_employed, employed.employed_reason,
    {{ start }}.month, {{ start }}.month_start as piece_start, cast(coalesce({{ cut }}.last_month, employed.last_month) as integer) as last_month
  from {{ ref('int_law__aca_employed_month') }} as employed
  {{ kind }} join {{ cut }} on employed.turn_id = {{ cut }}.turn_id
  {{ 'union all' if not loop.last }}
  {%- endfor %}
)

select
  person.company_id, person.employee_id, person.tax_year,
  employed.month, employed.last_month, employed.piece_start as month_start, {{ month_end('employed.piece_start') }} as month_end,
  employed.turn_id as facts_id,
  {{ turn_id('employed', 'employed.piece_start') }} as turn_id,
  case
    when person.block_reason is not null then person.block_reason
    when known.is_open then 'month_open'
  end as block_reason,
  employed.is_employed, employed.employed_reason,
  relief.employee_id is not null as is_relieved,
  full_time.is_full_time, full_time.full_time_reason,
  case
    when enrolled.is_enrolled and offer.is_offered = false and employed.is_employed then null
    else offer.is_offered
  end as is_offered,
  case
    when enrolled.is_enrolled and offer.is_offered = false and employed.is_employed then 'enrolled_unoffered'
    else offer.offer_reason
  end as offer_reason,
  offer.is_minimum_value, offer.is_ichra,
  case when offer.is_ichra then coalesce(price.location_basis, '?') when offer.is_ichra = false then 'none' else '?' end as ichra_location,
  coalesce(price.location_reason, 'price_switched') as location_reason,
  case when offer.is_ichra then ichra.is_affordable when offer.is_ichra = false then false end as is_ichra_affordable,
  coalesce(ichra.affordable_reason, 'price_switched') as ichra_reason,
  price.zip,
  offer.spouse, offer.is_dependents, offer.is_cut_by_termination,
  enrolled.is_enrolled, enrolled.enrolled_reason, enrolled.is_self_insured,
  waiting.is_waiting, waiting.lnap, waiting.waiting_reason,
  price.price, price.price_reason,
  whole_year.is_whole_year, whole_year.whole_year_reason,
  not whole_year.is_ever_full_time as is_never_full_time,
  case
    when not person.uses_1a then false
    when full_time.is_full_time = false or offer.is_minimum_value = false then false
    when full_time.is_full_time then affordable.is_within_mainland_limit
  end as is_qualifying,
  coalesce(price.price_reason, 'harbor_untested') as qualifying_reason
from {{ ref('int_law__aca_employee_year') }} as person
inner join employed
  on person.company_id = employed.company_id and person.employee_id = employed.employee_id and person.tax_year = employed.tax_year
inner join {{ ref('int_law__aca_known_month') }} as known
  on employed.company_id = known.company_id and employed.month_start = known.month_start
{%- for piece in ['full_time', 'offer', 'enrolled', 'waiting'] %}
inner join {{ ref('int_law__aca_' ~ piece ~ '_month') }} as {{ piece }}
  on employed.turn_id = {{ piece }}.turn_id
{%- endfor %}
inner join {{ ref('int_law__aca_whole_year') }} as whole_year
  on person.company_id = whole_year.company_id and person.employee_id = whole_year.employee_id and person.tax_year = whole_year.tax_year
left join {{ ref('int_law__aca_ichra_affordable_month') }} as ichra
  on employed.company_id = ichra.company_id and employed.employee_id = ichra.employee_id and employed.month_start = ichra.month_start
{%- for piece in ['relief', 'price'] %}
left join {{ ref('int_law__aca_' ~ piece ~ '_month') }} as {{ piece }}
  on employed.turn_id = {{ piece }}.turn_id
{%- endfor %}
left join {{ ref('int_law__aca_affordable_month') }} as affordable
  on employed.turn_id = affordable.turn_id and employed.month between affordable.month and affordable.last_month
