select
  offer.employee_id, offer.turn_id,
  case
    when offer.is_offered and offer.is_ichra then affordable.is_affordable
    else offer.is_offered and offer.is_minimum_value
  end as has_value,
  case
    when offer.is_offered and offer.is_ichra and affordable.is_affordable is null then coalesce(affordable.affordable_reason, 'price_switched')
    else offer.offer_reason
  end as value_reason
from {{ ref('int_law__aca_offer_month') }} as offer
left join {{ ref('int_law__aca_ichra_affordable_month') }} as affordable
  on offer.company_id = affordable.company_id and offer.employee_id = affordable.employee_id and offer.month_start = affordable.month_start
