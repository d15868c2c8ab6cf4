{# Tables of Form 5500 with rows in quarantine, by the company they can be traced to (D36); none means every company. #}
with rejected as (
  select
    table_name,
    primary_key,
    company_id,
    {{ json_text('row_json', 'benefit_plan_id') }} as benefit_plan_id,
    {{ json_text('row_json', 'plan_contract_id') }} as plan_contract_id,
    {{ json_text('row_json', 'enrollment_id') }} as enrollment_id
  from {{ ref('stg_landing__rejected') }}
  where table_name in (
      'company', 'employee', 'benefit_plan', 'plan_year', 'plan_contract', 'plan_fee', 'plan_filing',
      'benefits_enrollment', 'coverage_basis', 'plan_participant'
    )
    {# cells that no line of the form reads; their rows have landed #}
    and coalesce(columns, '') not in ('["dependents"]', '["beneficiary_designations"]', '["service_codes"]')
),

plan as (
  select benefit_plan_id, company_id from {{ ref('stg_hr__benefit_plan') }}
),

contract as (
  select contract.plan_contract_id, plan.company_id
  from {{ ref('stg_hr__plan_contract') }} as contract
  inner join plan on contract.benefit_plan_id = plan.benefit_plan_id
),

enrollment as (
  select enrollment_id, company_id from {{ ref('stg_benefits__enrollment') }}
)

select
  rejected.table_name,
  coalesce(
    rejected.company_id, plan.company_id, own_plan.company_id, contract.company_id, own_contract.company_id,
    enrollment.company_id
  ) as company_id
from rejected
left join plan on rejected.benefit_plan_id = plan.benefit_plan_id
left join plan as own_plan on rejected.table_name = 'benefit_plan' and rejected.primary_key = own_plan.benefit_plan_id
left join contract on rejected.plan_contract_id = contract.plan_contract_id
left join contract as own_contract
  on rejected.table_name = 'plan_contract' and rejected.primary_key = own_contract.plan_contract_id
left join enrollment on rejected.enrollment_id = enrollment.enrollment_id
group by
  rejected.table_name,
  coalesce(
    rejected.company_id, plan.company_id, own_plan.company_id, contract.company_id, own_contract.company_id,
    enrollment.company_id
  )
