with priced as (
  select
    offer_month.*,
    case
      when adjustment.adjustment_reason is not null then adjustment.adjustment_reason
      when offer_month.is_ichra and offer_month.employee_self_only_cost is null then ichra.price_reason
      when offer_month.is_ichra then null
      when rate.has_many_rates or coalesce(rate.rate_low_day <> rate.rate_high_day, false) then 'price_mid_month'
      when offer_month.employee_self_only_cost is null and offer_month.is_contribution_class_mixed then 'price_missing'
      when offer_month.employee_self_only_cost is null and (rate.rate_low_day is null or rate.rate_high_day is null) then 'price_missing'
      when offer_month.employee_self_only_cost is null or rate.benefit_offer_id is null then null
      when rate.rate_low_day is null and rate.rate_at_start is null then null
      when rate.rate_low_day is null then 'price_missing'
      when rate.rate_at_start is null and rate.rate_low_day = offer_month.employee_self_only_cost then null
      when rate.rate_at_start is null then 'price_disagrees'
      when rate.rate_low_day = rate.rate_at_start then null
      when rate.rate_at_start = offer_month.employee_self_only_cost then null
      else 'price_disagrees'
    end as price_reason,
    case
      when offer_month.is_ichra then coalesce(offer_month.employee_self_only_cost, ichra.price)
      when offer_month.employee_self_only_cost is null then rate.rate_low_day
      when rate.rate_at_start = offer_month.employee_self_only_cost then coalesce(rate.rate_low_day, offer_month.employee_self_only_cost)
      else offer_month.employee_self_only_cost
    end as price_before,
    coalesce(adjustment.change, cast(0 as decimal(12,2))) as change,
    ichra.location_basis, ichra.zip, ichra.location_reason
  from {{ ref('int_law__aca_priced_offer_month') }} as offer_month
  left join {{ ref('int_law__aca_rate_month') }} as rate
    on offer_month.benefit_offer_id = rate.benefit_offer_id and offer_month.span_number = rate.span_number
    and offer_month.month_start = rate.month_start
  left join {{ ref('int_law__aca_adjustment_month') }} as adjustment
    on offer_month.benefit_offer_id = adjustment.benefit_offer_id and offer_month.span_number = adjustment.span_number
    and offer_month.month_start = adjustment.month_start
  left join {{ ref('int_law__aca_ichra_month') }} as ichra
    on offer_month.benefit_offer_id = ichra.benefit_offer_id and offer_month.span_number = ichra.span_number
    and offer_month.month_start = ichra.month_start
),

adjusted as (
  select *, {{ not_negative('price_before + change') }} as price
  from priced
),

ranked as (
  select
    adjusted.*,
    min(price_reason) over (partition by turn_id) as worst_reason,
    row_number() over (
      partition by turn_id
      order by case when price is null then 1 else 0 end, price, benefit_offer_id, span_number
    ) as place
  from adjusted
)

select
  ranked.company_id, ranked.employee_id, ranked.turn_id, ranked.tax_year, ranked.month, ranked.last_month, ranked.month_start,
  ranked.benefit_plan_id,
  ranked.coverage_from,
  ranked.is_ichra,
  ranked.location_basis, ranked.zip, ranked.location_reason,
  case when ranked.worst_reason is null then cast(ranked.price as decimal(12,2)) end as price,
  ranked.worst_reason as price_reason
from ranked
where ranked.place = 1
