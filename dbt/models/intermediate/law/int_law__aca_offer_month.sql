with offer as (
  select * from {{ ref('int_law__aca_offer') }} where is_mec
),

aspect as (
  select company_id, employee_id, 'essential' as aspect, offered_from, offered_to from offer
  union all
  select company_id, employee_id, 'value' as aspect, offered_from, offered_to from offer where is_minimum_value
  union all
  select company_id, employee_id, 'ichra' as aspect, offered_from, offered_to from offer where is_ichra
  union all
  select company_id, employee_id, 'spouse' as aspect, offered_from, offered_to from offer where offered_to_spouse and not is_spouse_conditional
  union all
  select company_id, employee_id, 'spouse_any' as aspect, offered_from, offered_to from offer where offered_to_spouse
  union all
  select company_id, employee_id, 'dependents' as aspect, offered_from, offered_to from offer where offered_to_dependents
),

aspect_span as (
  {{ merged_spans('aspect', ['company_id', 'employee_id', 'aspect'], 'offered_from', 'offered_to') }}
),

base as (
  select employed.*, known.has_benefit_offer, known.is_complete_benefit_offer
  from {{ ref('int_law__aca_employed_month') }} as employed
  inner join {{ ref('int_law__aca_known_month') }} as known
    on employed.company_id = known.company_id and employed.month_start = known.month_start
),

whole_month as (
  select
    base.company_id, base.employee_id, base.month_start,
    {%- for aspect in ['essential', 'value', 'ichra', 'spouse', 'spouse_any', 'dependents'] %}
    max(case when aspect_span.aspect = '{{ aspect }}' and aspect_span.span_end >= base.month_end then 1 else 0 end) as has_{{ aspect }},
    {%- endfor %}
    max(case when aspect_span.aspect = 'essential' and aspect_span.span_end < base.month_end
      and base.is_left_in_month and aspect_span.span_end >= base.span_end then 1 else 0 end) as has_cut_essential,
    max(case when aspect_span.aspect = 'dependents' and aspect_span.span_end < base.month_end
      and base.is_left_in_month and aspect_span.span_end >= base.span_end then 1 else 0 end) as has_cut_dependents
  from base
  inner join aspect_span
    on base.company_id = aspect_span.company_id and base.employee_id = aspect_span.employee_id
    and aspect_span.span_start <= base.month_start and aspect_span.span_end >= base.month_start
  group by base.company_id, base.employee_id, base.month_start
),

doubt as (
  select
    base.company_id, base.employee_id, base.month_start,
    min(case
      when offer.offer_reason is not null then offer.offer_reason
      when offer.is_ichra and offer.offered_to_spouse and offer.is_spouse_conditional then 'ichra_condition'
      when offer.is_end_unknown and offer.span_end between base.month_start and base.month_end then 'coverage_ends'
    end) as doubt_reason,
    max(case when offer.is_ichra then 1 else 0 end) as has_ichra,
    max(case when not offer.is_ichra and offer.is_mec then 1 else 0 end) as has_group_plan
  from base
  inner join {{ ref('int_law__aca_offer') }} as offer
    on base.company_id = offer.company_id and base.employee_id = offer.employee_id
    and offer.offered_from <= base.month_end
    and case when offer.is_end_unknown then {{ month_end('offer.span_end') }} else offer.offered_to end >= base.month_start
  group by base.company_id, base.employee_id, base.month_start
),

judged as (
  select
    base.company_id, base.employee_id, base.tax_year, base.month, base.month_start,
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
    on base.company_id = whole_month.company_id and base.employee_id = whole_month.employee_id and base.month_start = whole_month.month_start
  left join doubt
    on base.company_id = doubt.company_id and base.employee_id = doubt.employee_id and base.month_start = doubt.month_start
)

select
  company_id, employee_id, tax_year, month, month_start, offer_reason,
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
