with self_rate as (
  select
    rate.benefit_plan_id, rate.contribution_class, rate.from_date, {{ open_end('rate.to_date') }} as to_date,
    rate.employee_cost_monthly
  from {{ ref('stg_hr__plan_rate') }} as rate
  inner join {{ ref('code_coverage_level') }} as alias on {{ level_key('rate.coverage_level') }} = alias.alias
  where alias.level_code = 'self' and not coalesce(rate.is_tobacco_user, false)
),

offer_month as (
  select
    offer.benefit_offer_id, offer.span_number, offer.benefit_plan_id, offer.offered_from, offer.coverage_from,
    employed.company_id, employed.employee_id, employed.month_start, employed.month_end,
    employed.contribution_class, employed.is_contribution_class_mixed
  from {{ ref('int_law__aca_offer') }} as offer
  inner join {{ ref('int_law__aca_employed_month') }} as employed
    on offer.company_id = employed.company_id and offer.employee_id = employed.employee_id
    and offer.offered_from <= employed.month_start and offer.offered_to >= employed.month_end
  where offer.is_mec and offer.is_minimum_value
),

matched as (
  select
    offer_month.benefit_offer_id, offer_month.span_number, offer_month.month_start,
    offer_month.coverage_from, offer_month.month_end,
    self_rate.from_date, self_rate.to_date, self_rate.employee_cost_monthly,
    self_rate.contribution_class is not null as is_exact
  from offer_month
  inner join self_rate
    on offer_month.benefit_plan_id = self_rate.benefit_plan_id
    and (self_rate.contribution_class is null or self_rate.contribution_class = offer_month.contribution_class)
    and self_rate.from_date <= offer_month.month_end and self_rate.to_date >= offer_month.coverage_from
),

exact_first as (
  select *, max(case when is_exact then 1 else 0 end) over (
    partition by benefit_offer_id, span_number, month_start) as has_exact
  from matched
)

select
  benefit_offer_id, span_number, month_start,
  max(case when from_date <= coverage_from and to_date >= coverage_from then employee_cost_monthly end) as rate_at_start,
  max(case when from_date <= month_start and to_date >= month_start then employee_cost_monthly end) as rate_low_day,
  max(case when from_date <= month_end and to_date >= month_end then employee_cost_monthly end) as rate_high_day,
  count(distinct case when to_date >= month_start then employee_cost_monthly end) as rates_in_month
from exact_first
where has_exact = 0 or is_exact
group by benefit_offer_id, span_number, month_start
