with plan as (
  select * from {{ ref('stg_hr__benefit_plan') }}
),

kind as (
  select * from {{ ref('code_benefit_type') }}
)

select
  plan.benefit_plan_id,
  plan.company_id,
  plan.provider_config_id,
  plan.plan_name,
  plan.plan_code,
  plan.plan_number,
  plan.benefit_type,
  kind.cost_category,
  kind.benefit_type as cost_benefit_type,
  kind.is_savings,
  plan.welfare_or_pension,
  plan.plan_entity,
  plan.wrap_plan_id,
  plan.wrap_document_date,
  plan.is_mec,
  plan.is_minimum_value,
  plan.is_self_insured,
  plan.is_ichra,
  plan.is_hdhp,
  plan.is_grandfathered,
  plan.fsa_kind,
  plan.funding_arrangement,
  plan.benefit_arrangement,
  plan.feature_codes,
  plan.effective_date,
  plan.termination_date,
  plan.coverage_ends
from plan
left join kind on plan.benefit_type = kind.plan_benefit_type
