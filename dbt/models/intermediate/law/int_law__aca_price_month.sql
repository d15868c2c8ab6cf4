with offer_month as (
  select
    offer.benefit_offer_id, offer.span_number, offer.benefit_plan_id, offer.coverage_from, offer.employee_self_only_cost,
    employed.company_id, employed.employee_id, employed.tax_year, employed.month, employed.month_start, employed.month_end,
    employed.is_contribution_class_mixed
  from {{ ref('int_law__aca_offer') }} as offer
  inner join {{ ref('int_law__aca_employed_month') }} as employed
    on offer.company_id = employed.company_id and offer.employee_id = employed.employee_id
    and offer.offered_from <= employed.month_start and offer.offered_to >= employed.month_end
  where offer.is_mec and offer.is_minimum_value
),

adjusted as (
  select offer_month.benefit_offer_id, offer_month.span_number, offer_month.month_start
  from offer_month
  inner join {{ ref('stg_hr__contribution_adjustment') }} as adjustment
    on coalesce(adjustment.employee_id, offer_month.employee_id) = offer_month.employee_id
    and coalesce(adjustment.benefit_plan_id, offer_month.benefit_plan_id) = offer_month.benefit_plan_id
    and (adjustment.employee_id is not null or adjustment.benefit_plan_id is not null)
    and adjustment.from_date <= offer_month.month_end and {{ open_end('adjustment.to_date') }} >= offer_month.month_start
  where adjustment.kind in ('opt_out_unconditional', 'health_flex', 'hra')
  group by offer_month.benefit_offer_id, offer_month.span_number, offer_month.month_start
),

priced as (
  select
    offer_month.*,
    case
      when adjusted.benefit_offer_id is not null then 'price_adjusted'
      when rate.rates_in_month > 1 or coalesce(rate.rate_low_day <> rate.rate_high_day, false) then 'price_mid_month'
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
      when offer_month.employee_self_only_cost is null then rate.rate_low_day
      when rate.rate_at_start = offer_month.employee_self_only_cost then coalesce(rate.rate_low_day, offer_month.employee_self_only_cost)
      else offer_month.employee_self_only_cost
    end as price
  from offer_month
  left join {{ ref('int_law__aca_rate_month') }} as rate
    on offer_month.benefit_offer_id = rate.benefit_offer_id and offer_month.span_number = rate.span_number
    and offer_month.month_start = rate.month_start
  left join adjusted
    on offer_month.benefit_offer_id = adjusted.benefit_offer_id and offer_month.span_number = adjusted.span_number
    and offer_month.month_start = adjusted.month_start
),

ranked as (
  select
    priced.*,
    min(price_reason) over (partition by company_id, employee_id, month_start) as worst_reason,
    row_number() over (partition by company_id, employee_id, month_start order by price, benefit_offer_id, span_number) as place
  from priced
)

select
  ranked.company_id, ranked.employee_id, ranked.tax_year, ranked.month, ranked.month_start,
  ranked.benefit_plan_id,
  ranked.coverage_from,
  case when ranked.worst_reason is null then cast(ranked.price as decimal(12,2)) end as price,
  ranked.worst_reason as price_reason
from ranked
where ranked.place = 1
