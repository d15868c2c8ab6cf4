with counted as (
  select
    offer.employee_id, offer.benefit_offer_id, offer.span_number, offer.month_start,
    adjustment.amount_monthly * rule.effect as change,
    case
      when rule.adopted_after is not null and adjustment.adopted_on is null then 'price_adoption'
      when adjustment.from_date > offer.month_start or {{ open_end('adjustment.to_date') }} < offer.month_end then 'price_mid_month'
    end as adjustment_reason
  from {{ ref('int_law__aca_priced_offer_month') }} as offer
  inner join {{ ref('stg_hr__contribution_adjustment') }} as adjustment
    on coalesce(adjustment.employee_id, offer.employee_id) = offer.employee_id
    and coalesce(adjustment.benefit_plan_id, offer.benefit_plan_id) = offer.benefit_plan_id
    and (adjustment.employee_id is not null or adjustment.benefit_plan_id is not null)
    and adjustment.from_date <= offer.month_end and {{ open_end('adjustment.to_date') }} >= offer.month_start
  inner join {{ ref('code_aca_adjustment') }} as rule on adjustment.kind = rule.kind
  where rule.effect <> 0
    and (rule.adopted_after is null or adjustment.adopted_on is null or adjustment.adopted_on > rule.adopted_after)
)

select
  employee_id, benefit_offer_id, span_number, month_start,
  cast(sum(change) as decimal(12,2)) as change,
  min(adjustment_reason) as adjustment_reason
from counted
group by employee_id, benefit_offer_id, span_number, month_start
