with offer as (
  select
    offer.*,
    {{ open_end('offer.coverage_to') }} as stated_to,
    plan.benefit_plan_id is null as is_plan_absent,
    {{ is_ichra('plan') }} as is_ichra,
    case when {{ is_ichra('plan') }} then true else plan.is_mec end as is_mec,
    case when not {{ is_ichra('plan') }} then plan.is_minimum_value end as is_minimum_value,
    {{ is_own_coverage('plan') }} as is_self_insured,
    plan.coverage_ends
  from {{ ref('stg_hr__benefit_offer') }} as offer
  left join {{ ref('stg_hr__benefit_plan') }} as plan on offer.benefit_plan_id = plan.benefit_plan_id
  where offer.reason in ('active', 'cobra_hours')
    and (plan.benefit_plan_id is null or plan.benefit_type in ('health', 'ichra') or plan.is_mec or plan.is_ichra)
    and offer.coverage_from <= {{ open_end('offer.coverage_to') }}
),

known_end as (
  select
    offer.benefit_offer_id, span.span_number,
    max(coverage.covered_to) as enrolled_to
  from offer
  inner join {{ ref('int_law__aca_employment_span') }} as span
    on offer.company_id = span.company_id and offer.employee_id = span.employee_id
  inner join {{ ref('int_enrollment__coverage_interval') }} as coverage
    on offer.company_id = coverage.company_id and offer.employee_id = coverage.employee_id
    and offer.benefit_plan_id = coverage.benefit_plan_id and coverage.is_covered
    and coverage.covered_to between span.span_end and {{ month_end('span.span_end') }}
  group by offer.benefit_offer_id, span.span_number
),

placed as (
  select
    offer.*,
    span.span_number,
    span.span_start,
    span.span_end,
    {{ later('offer.coverage_from', 'span.span_start') }} as offered_from,
    case
      when offer.stated_to <= span.span_end or span.span_end = {{ month_end('span.span_end') }}
        then {{ earlier('offer.stated_to', 'span.span_end') }}
      when offer.reason = 'cobra_hours' then {{ earlier('offer.stated_to', month_end('span.span_end')) }}
      when offer.coverage_ends = 'termination_date' then span.span_end
      when offer.coverage_ends = 'end_of_month' then {{ earlier('offer.stated_to', month_end('span.span_end')) }}
      when known_end.enrolled_to is not null then {{ earlier('offer.stated_to', 'known_end.enrolled_to') }}
      when offer.stated_to <= {{ month_end('span.span_end') }} then offer.stated_to
      else span.span_end
    end as offered_to,
    offer.reason <> 'cobra_hours' and offer.stated_to > {{ month_end('span.span_end') }} and span.span_end < {{ month_end('span.span_end') }}
      and offer.coverage_ends is null and known_end.enrolled_to is null as is_end_unknown
  from offer
  inner join {{ ref('int_law__aca_employment_span') }} as span
    on offer.company_id = span.company_id and offer.employee_id = span.employee_id
    and offer.coverage_from <= span.span_end and offer.stated_to >= span.span_start
  left join known_end
    on offer.benefit_offer_id = known_end.benefit_offer_id and span.span_number = known_end.span_number
)

select
  benefit_offer_id, company_id, employee_id, benefit_plan_id, reason, span_number, span_start, span_end,
  coverage_from, coverage_to, offered_from, offered_to, is_end_unknown,
  is_mec, is_minimum_value, is_self_insured, is_ichra,
  offered_to_spouse, coalesce(spouse_conditional, false) as is_spouse_conditional, offered_to_dependents,
  response, employee_self_only_cost,
  case
    when is_plan_absent then 'plan_absent'
    when is_mec is null then 'plan_essential'
    when is_mec and is_minimum_value is null and not is_ichra then 'plan_value'
  end as offer_reason
from placed
