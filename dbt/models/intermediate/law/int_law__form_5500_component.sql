with plan as (
  select * from {{ ref('stg_hr__benefit_plan') }}
),

benefit_code as (
  select benefit_type, fsa_kind, plan_kind, welfare_code from {{ ref('code_form_5500_benefit_type') }}
),

filing_plan as (
  select benefit_plan_id from plan
  where wrap_plan_id is null or wrap_plan_id = benefit_plan_id
),

membership as (
  select
    plan.*,
    case when filing_plan.benefit_plan_id is null then plan.wrap_plan_id else plan.benefit_plan_id end as filing_plan_id,
    filing_plan.benefit_plan_id is not null as is_filing_plan
  from plan
  left join filing_plan on plan.benefit_plan_id = filing_plan.benefit_plan_id
),

counted as (
  select
    filing_plan_id,
    cast(sum(case when is_filing_plan then 0 else 1 end) as integer) as part_count
  from membership
  group by filing_plan_id
)

select
  membership.filing_plan_id,
  membership.company_id,
  membership.benefit_plan_id,
  membership.is_filing_plan,
  counted.part_count,
  membership.benefit_type,
  membership.is_self_insured,
  membership.has_trust,
  membership.effective_date,
  membership.termination_date,
  case
    when membership.welfare_or_pension is not null then membership.welfare_or_pension
    when membership.is_filing_plan and counted.part_count > 0 then null
    else benefit_code.plan_kind
  end as plan_kind,
  benefit_code.welfare_code,
  benefit_code.plan_kind as derived_plan_kind
from membership
inner join counted on membership.filing_plan_id = counted.filing_plan_id
left join benefit_code
  on membership.benefit_type = benefit_code.benefit_type
  and coalesce(membership.fsa_kind, '') = coalesce(benefit_code.fsa_kind, '')
