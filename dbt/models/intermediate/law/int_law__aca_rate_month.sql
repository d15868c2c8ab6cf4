with self_rate as (
  select
    rate.benefit_plan_id, rate.contribution_class, rate.from_date, {{ open_end('rate.to_date') }} as to_date,
    rate.employee_cost_monthly, rate.cobra_premium_monthly
  from {{ ref('stg_hr__plan_rate') }} as rate
  inner join {{ ref('code_coverage_level') }} as alias on {{ level_key('rate.coverage_level') }} = alias.alias
  where alias.level_code = 'self' and not coalesce(rate.is_tobacco_user, false)
),

matched as (
  select
    offer_month.employee_id, offer_month.benefit_offer_id, offer_month.span_number, offer_month.month_start,
    offer_month.coverage_from, offer_month.month_end, self_rate.from_date, self_rate.to_date,
    case when offer_month.reason = 'cobra_hours' then self_rate.cobra_premium_monthly else self_rate.employee_cost_monthly end as cost,
    case when self_rate.contribution_class is not null then 1 else 0 end as is_exact
  from {{ ref('int_law__aca_priced_offer_month') }} as offer_month
  inner join self_rate
    on offer_month.benefit_plan_id = self_rate.benefit_plan_id
    and (self_rate.contribution_class is null or self_rate.contribution_class = offer_month.contribution_class)
    and self_rate.from_date <= offer_month.month_end and self_rate.to_date >= offer_month.coverage_from
)

{#- A rate of the person's own class stands before one for everybody. -#}
{%- set asked = {
  'rate_at_start': 'from_date <= coverage_from and to_date >= coverage_from',
  'rate_low_day': 'from_date <= month_start and to_date >= month_start',
  'rate_high_day': 'from_date <= month_end and to_date >= month_end'} %}
select
  min(employee_id) as employee_id, benefit_offer_id, span_number, month_start,
  {%- for name, condition in asked.items() %}
  case when max(is_exact) = 1 then max(case when is_exact = 1 and {{ condition }} then cost end)
    else max(case when {{ condition }} then cost end) end as {{ name }},
  {%- endfor %}
  coalesce(case
    when max(is_exact) = 1 then min(case when is_exact = 1 and to_date >= month_start then cost end)
      <> max(case when is_exact = 1 and to_date >= month_start then cost end)
    else min(case when to_date >= month_start then cost end) <> max(case when to_date >= month_start then cost end)
  end, false) as has_many_rates
from matched
group by benefit_offer_id, span_number, month_start
