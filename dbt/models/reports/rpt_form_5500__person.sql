with participant as (
  select * from {{ ref('int_law__form_5500_participant') }} where is_counted
),

requirement as (
  select filing_id from {{ ref('int_law__form_5500_requirement') }} where plan_kind = 'welfare'
),

plan as (
  select benefit_plan_id, plan_number, plan_name from {{ ref('dim_benefit_plan') }}
)

select
  participant.company_id,
  cast(participant.plan_year as integer) as plan_year,
  participant.filing_id,
  plan.plan_number,
  plan.plan_name,
  participant.day_kind,
  participant.count_date,
  participant.employee_number,
  participant.person_key,
  participant.status,
  cast(case when participant.day_kind = 'first' then case when participant.line = '6a' then '5, 6a(1)' when participant.line is not null then '5' end when participant.line = '6a' then '6a(2), 6d' when participant.line in ('6b', '6c') then participant.line || ', 6d' end as string) as lines,
  participant.source,
  participant.is_basis_assumed
from participant
inner join requirement on participant.filing_id = requirement.filing_id
inner join plan on participant.benefit_plan_id = plan.benefit_plan_id
