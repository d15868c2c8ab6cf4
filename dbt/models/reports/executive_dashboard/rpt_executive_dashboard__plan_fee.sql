select
  fee.company_id,
  fee.benefit_plan_id,
  plan.plan_name,
  fee.plan_year,
  fee.commission_amount,
  fee.other_fee_amount,
  fee.direct_amount,
  fee.indirect_amount,
  fee.paid_amount
from {{ ref('fct_plan_fee') }} as fee
inner join {{ ref('dim_benefit_plan') }} as plan on fee.benefit_plan_id = plan.benefit_plan_id
