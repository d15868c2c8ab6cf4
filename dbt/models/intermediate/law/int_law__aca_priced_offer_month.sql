select
  offer.benefit_offer_id, offer.span_number, offer.benefit_plan_id, offer.reason, offer.is_ichra, offer.coverage_from, offer.offered_from, offer.employee_self_only_cost,
  employed.company_id, employed.employee_id, employed.turn_id, employed.tax_year, employed.month, employed.last_month, employed.month_start, employed.month_end,
  employed.contribution_class, employed.is_contribution_class_mixed
from {{ ref('int_law__aca_offer') }} as offer
inner join {{ ref('int_law__aca_employed_month') }} as employed
  on offer.company_id = employed.company_id and offer.employee_id = employed.employee_id
  and offer.offered_from <= employed.month_start and offer.offered_to >= employed.month_end
where offer.is_mec and (offer.is_minimum_value or offer.is_ichra)
