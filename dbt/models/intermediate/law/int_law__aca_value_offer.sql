with first_month as (
  select
    offer.benefit_offer_id, affordable.is_affordable,
    row_number() over (partition by offer.benefit_offer_id order by offer.month_start) as place
  from {{ ref('int_law__aca_priced_offer_month') }} as offer
  inner join {{ ref('int_law__aca_ichra_affordable_month') }} as affordable
    on offer.company_id = affordable.company_id and offer.employee_id = affordable.employee_id and offer.month_start = affordable.month_start
  where offer.is_ichra and offer.month_start < {{ add_months('offer.coverage_from', 1) }}
)

select
  offer.benefit_offer_id, offer.company_id, offer.employee_id, offer.coverage_from,
  {{ open_end('offer.coverage_to') }} as coverage_to,
  case
    when {{ is_ichra('plan') }} then first_month.is_affordable is null
    else plan.is_mec is null or (plan.is_mec and plan.is_minimum_value is null)
  end as is_doubtful
from {{ ref('stg_hr__benefit_offer') }} as offer
inner join {{ ref('stg_hr__benefit_plan') }} as plan on offer.benefit_plan_id = plan.benefit_plan_id
left join first_month on offer.benefit_offer_id = first_month.benefit_offer_id and first_month.place = 1
where offer.reason = 'active'
  and offer.coverage_from <= {{ open_end('offer.coverage_to') }}
  and (plan.benefit_type in ('health', 'ichra') or plan.is_mec or plan.is_ichra)
  and ({{ is_ichra('plan') }} or (coalesce(plan.is_mec, true) and coalesce(plan.is_minimum_value, true)))
  and coalesce(first_month.is_affordable, true)
