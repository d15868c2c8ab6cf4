select
  offer.benefit_offer_id, offer.company_id, offer.employee_id, offer.coverage_from,
  {{ open_end('offer.coverage_to') }} as coverage_to,
  not (coalesce(plan.is_ichra, false) or plan.benefit_type = 'ichra')
    and (plan.is_mec is null or (plan.is_mec and plan.is_minimum_value is null)) as is_doubtful
from {{ ref('stg_hr__benefit_offer') }} as offer
inner join {{ ref('stg_hr__benefit_plan') }} as plan on offer.benefit_plan_id = plan.benefit_plan_id
where offer.reason = 'active'
  and offer.coverage_from <= {{ open_end('offer.coverage_to') }}
  and (plan.benefit_type in ('health', 'ichra') or plan.is_mec or plan.is_ichra)
  and coalesce(plan.is_mec, true) and coalesce(plan.is_minimum_value, true)
