-- The employee's share of self-only coverage where the plan's rates state it.
select rate.* replace (
  cast(coalesce(asked.amount, round(rate.rate_at_start * asked.factor, 2), rate.rate_at_start) as decimal(12,2)) as rate_at_start,
  cast(coalesce(asked.amount, round(rate.rate_low_day * asked.factor, 2), rate.rate_low_day) as decimal(12,2)) as rate_low_day,
  cast(coalesce(asked.amount, round(rate.rate_high_day * asked.factor, 2), rate.rate_high_day) as decimal(12,2)) as rate_high_day,
  case when asked.amount is null then rate.has_many_rates else false end as has_many_rates)
from {this} as rate
inner join "warehouse"."intermediate"."int_law__aca_priced_offer_month" as priced
  on rate.benefit_offer_id = priced.benefit_offer_id and rate.span_number = priced.span_number
  and rate.month_start = priced.month_start

left join asked_contribution as asked
  on priced.tax_year = asked.tax_year and priced.benefit_plan_id = asked.benefit_plan_id
  and (asked.contribution_class is null or priced.contribution_class = asked.contribution_class)
  and not priced.is_ichra and priced.reason <> 'cobra_hours'
