{#- A month is covered by one offer, or by several one after the other: those are merged aspect by aspect, for the few
   people who have an offer that ends within a month. -#}
{%- set aspects = {
  'essential': 'is_mec', 'value': 'is_mec and is_minimum_value', 'ichra': 'is_mec and is_ichra',
  'spouse': 'is_mec and offered_to_spouse and not is_spouse_conditional', 'spouse_any': 'is_mec and offered_to_spouse',
  'dependents': 'is_mec and offered_to_dependents'} -%}
with offer as (
  select
    company_id, employee_id, offered_from, offered_to, span_end, is_end_unknown,
    case
      when offer_reason is not null then offer_reason
      when is_ichra and offered_to_spouse and is_spouse_conditional then 'ichra_condition'
    end as doubt_reason,
    max(case when is_ichra then 1 else 0 end) as any_ichra,
    max(case when not is_ichra and is_mec then 1 else 0 end) as any_group_plan
    {%- for aspect, condition in aspects.items() %},
    max(case when {{ condition }} then 1 else 0 end) as has_{{ aspect }}
    {%- endfor %}
  from {{ ref('int_law__aca_offer') }}
  group by company_id, employee_id, offered_from, offered_to, span_end, is_end_unknown,
    case
      when offer_reason is not null then offer_reason
      when is_ichra and offered_to_spouse and is_spouse_conditional then 'ichra_condition'
    end
),

cut_person as (
  select company_id, employee_id from offer where offered_to <> {{ month_end('offered_to') }} group by company_id, employee_id
),

aspect as (
  {%- for aspect in aspects %}
  select offer.company_id, offer.employee_id, '{{ aspect }}' as aspect, offer.offered_from, offer.offered_to
  from offer
  inner join cut_person on offer.company_id = cut_person.company_id and offer.employee_id = cut_person.employee_id
  where offer.has_{{ aspect }} = 1
  {{ 'union all' if not loop.last }}
  {%- endfor %}
),

aspect_span as (
  {{ merged_spans('aspect', ['company_id', 'employee_id', 'aspect'], 'offered_from', 'offered_to') }}
),

covering as (
  select
    offer.company_id, offer.employee_id, offer.offered_from as span_start, offer.offered_to as span_end
    {%- for aspect in aspects %}, offer.has_{{ aspect }}{% endfor %}
  from offer
  left join cut_person on offer.company_id = cut_person.company_id and offer.employee_id = cut_person.employee_id
  where cut_person.employee_id is null
  union all
  select
    company_id, employee_id, span_start, span_end
    {%- for aspect in aspects %}, case when aspect = '{{ aspect }}' then 1 else 0 end as has_{{ aspect }}{% endfor %}
  from aspect_span
),

base as (
  select employed.*, known.has_benefit_offer, known.is_complete_benefit_offer
  from {{ ref('int_law__aca_employed_month') }} as employed
  inner join {{ ref('int_law__aca_known_month') }} as known
    on employed.company_id = known.company_id and employed.month_start = known.month_start
),

whole_month as (
  select
    base.turn_id,
    {%- for aspect in aspects %}
    max(case when covering.span_end >= base.month_end then covering.has_{{ aspect }} else 0 end) as has_{{ aspect }},
    {%- endfor %}
    {%- for aspect in ['essential', 'dependents'] %}
    max(case when covering.span_end < base.month_end and base.is_left_in_month and covering.span_end >= base.span_end
      then covering.has_{{ aspect }} else 0 end) as has_cut_{{ aspect }}{{ ',' if not loop.last }}
    {%- endfor %}
  from base
  inner join covering
    on base.company_id = covering.company_id and base.employee_id = covering.employee_id
    and covering.span_start <= base.month_start and covering.span_end >= base.month_start
  group by base.turn_id
),

doubt as (
  select
    base.turn_id,
    min(case
      when offer.doubt_reason is not null then offer.doubt_reason
      when offer.is_end_unknown and offer.span_end between base.month_start and base.month_end then 'coverage_ends'
    end) as doubt_reason,
    max(offer.any_ichra) as has_ichra,
    max(offer.any_group_plan) as has_group_plan
  from base
  inner join offer
    on base.company_id = offer.company_id and base.employee_id = offer.employee_id
    and offer.offered_from <= base.month_end
    and case when offer.is_end_unknown then {{ month_end('offer.span_end') }} else offer.offered_to end >= base.month_start
  group by base.turn_id
),

judged as (
  select
    base.company_id, base.employee_id, base.turn_id, base.tax_year, base.month, base.month_start,
    case
      when not base.has_benefit_offer then 'offer_absent'
      when doubt.doubt_reason is not null then doubt.doubt_reason
      when doubt.has_ichra = 1 and doubt.has_group_plan = 1 then 'ichra_beside_plan'
      when not base.is_complete_benefit_offer then 'offer_incomplete'
    end as offer_reason,
    coalesce(whole_month.has_essential, 0) = 1 as is_offered,
    coalesce(whole_month.has_value, 0) = 1 as is_minimum_value,
    coalesce(whole_month.has_ichra, 0) = 1 as is_ichra,
    coalesce(whole_month.has_spouse, 0) = 1 as is_spouse,
    coalesce(whole_month.has_spouse_any, 0) = 1 as is_spouse_any,
    coalesce(whole_month.has_dependents, 0) = 1 as is_dependents,
    coalesce(whole_month.has_cut_essential, 0) = 1 as is_cut_by_termination,
    coalesce(whole_month.has_cut_dependents, 0) = 1 as is_dependents_cut
  from base
  left join whole_month
    on base.turn_id = whole_month.turn_id
  left join doubt
    on base.turn_id = doubt.turn_id
)

select
  company_id, employee_id, turn_id, tax_year, month, month_start, offer_reason,
  {%- for column in ['is_offered', 'is_minimum_value', 'is_ichra', 'is_dependents', 'is_cut_by_termination', 'is_dependents_cut'] %}
  case when offer_reason is null then {{ column }} end as {{ column }},
  {%- endfor %}
  case
    when offer_reason is not null then '?'
    when is_spouse then 'offered'
    when is_spouse_any then 'conditional'
    else 'none'
  end as spouse
from judged
