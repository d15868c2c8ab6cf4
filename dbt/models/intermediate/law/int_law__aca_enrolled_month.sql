with base as (
  select
    employed.company_id, employed.employee_id, employed.turn_id, employed.month_start, employed.month_end,
    known.is_complete_benefits_enrollment, offer.is_offered
  from {{ ref('int_law__aca_employed_month') }} as employed
  inner join {{ ref('int_law__aca_known_month') }} as known
    on employed.company_id = known.company_id and employed.month_start = known.month_start
  inner join {{ ref('int_law__aca_offer_month') }} as offer
    on employed.turn_id = offer.turn_id
),

active as (
  select company_id, employee_id, covered_from, active_to
  from {{ ref('int_law__aca_coverage') }}
  where is_mec and covered_from <= active_to
),

active_span as (
  {{ merged_spans('active', ['company_id', 'employee_id'], 'covered_from', 'active_to') }}
),

whole_month as (
  select base.turn_id
  from base
  inner join active_span
    on base.company_id = active_span.company_id and base.employee_id = active_span.employee_id
    and active_span.span_start <= base.month_start and active_span.span_end >= base.month_end
  group by base.turn_id
),

any_day as (
  select
    base.turn_id,
    min(coverage.coverage_reason) as coverage_reason,
    max(case when coverage.is_self_insured and coverage.is_mec then 1 else 0 end) as has_self_insured,
    max(case when coverage.is_self_insured is null and coalesce(coverage.is_mec, true) then 1 else 0 end) as has_unknown_insurance,
    max(case when coverage.is_self_insured and coverage.is_mec and not coverage.is_ichra then 1 else 0 end) as has_own_plan,
    max(case when coverage.is_ichra then 0 else 1 end) as has_group_plan
  from base
  inner join {{ ref('int_law__aca_coverage') }} as coverage
    on base.company_id = coverage.company_id and base.employee_id = coverage.employee_id
    and coverage.covered_from <= base.month_end and coverage.covered_to >= base.month_start
  group by base.turn_id
),

answer as (
  select base.turn_id, min(offer.answer_reason) as answer_reason,
    min(case when coalesce(offer.is_self_insured, true) then offer.answer_reason end) as insurance_answer_reason,
    min(case when coalesce(offer.is_self_insured, true) and not offer.is_ichra then offer.answer_reason end) as own_answer_reason
  from base
  inner join {{ ref('int_law__aca_offer_answer') }} as offer
    on base.company_id = offer.company_id and base.employee_id = offer.employee_id
    and offer.offered_from <= base.month_end and offer.offered_to >= base.month_start
  where offer.answer_reason is not null
  group by base.turn_id
),

judged as (
  select
    base.*,
    whole_month.turn_id is not null as has_whole_month,
    coalesce(any_day.has_self_insured, 0) = 1 as has_self_insured,
    coalesce(any_day.has_own_plan, 0) = 1 as has_own_plan,
    {%- for column, missing, answer in [
      ('insurance_reason', 'any_day.turn_id is null', 'insurance_answer_reason'),
      ('own_plan_reason', 'coalesce(any_day.has_group_plan, 0) = 0', 'own_answer_reason')] %}
    case
      when any_day.coverage_reason in ('plan_absent', 'plan_essential') then any_day.coverage_reason
      when coalesce(any_day.has_unknown_insurance, 0) = 1 then 'self_insured'
      when {{ table_known('benefits_enrollment') }} = 0 then 'enrollment_absent'
      when not base.is_complete_benefits_enrollment then 'enrollment_incomplete'
      when {{ missing }} then answer.{{ answer }}
    end as {{ column }},
    {%- endfor %}
    case
      when any_day.coverage_reason is not null then any_day.coverage_reason
      when whole_month.turn_id is not null or not base.is_offered then null
      when answer.answer_reason is not null then answer.answer_reason
      when base.is_offered is null and not base.is_complete_benefits_enrollment then 'enrollment_incomplete'
      when not base.is_complete_benefits_enrollment then 'enrollment_incomplete'
    end as enrolled_reason
  from base
  left join whole_month
    on base.turn_id = whole_month.turn_id
  left join any_day
    on base.turn_id = any_day.turn_id
  left join answer
    on base.turn_id = answer.turn_id
)

select
  employee_id, turn_id,
  case when enrolled_reason is null then has_whole_month end as is_enrolled,
  enrolled_reason,
  case when has_self_insured then true when insurance_reason is null then false end as is_self_insured,
  insurance_reason,
  case when has_own_plan then true when own_plan_reason is null then false end as is_own_plan,
  own_plan_reason
from judged
