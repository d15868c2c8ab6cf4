with offer as (
  select * from {{ ref('int_law__aca_offer') }} where is_mec
),

enrollment as (
  select
    company_id, employee_id, benefit_plan_id, enrollment_status,
    covered_from, {{ open_end('covered_to') }} as covered_to, is_covered
  from {{ ref('int_enrollment__coverage_interval') }}
),

matched as (
  select
    offer.benefit_offer_id, offer.span_number,
    max(case when enrollment.is_covered then 1 else 0 end) as has_covered,
    max(case when enrollment.enrollment_status in ('Cancelled', 'Rejected') then 1 else 0 end) as has_closed
  from offer
  inner join enrollment
    on offer.company_id = enrollment.company_id and offer.employee_id = enrollment.employee_id
    and offer.benefit_plan_id = enrollment.benefit_plan_id
    and enrollment.covered_from <= offer.offered_to and enrollment.covered_to >= offer.offered_from
  group by offer.benefit_offer_id, offer.span_number
)

select
  offer.benefit_offer_id,
  offer.span_number,
  offer.company_id,
  offer.employee_id,
  offer.offered_from,
  offer.offered_to,
  offer.is_self_insured,
  offer.is_ichra,
  case
    when offer.response in ('waived', 'no_response') then null
    when {{ table_known('benefits_enrollment') }} = 0 then 'enrollment_absent'
    when coalesce(matched.has_covered, 0) = 1 or coalesce(matched.has_closed, 0) = 1 then null
    when offer.response = 'elected' then 'election_missing'
    else 'response_missing'
  end as answer_reason
from offer
left join matched
  on offer.benefit_offer_id = matched.benefit_offer_id and offer.span_number = matched.span_number
