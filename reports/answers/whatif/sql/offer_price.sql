-- The employee's share of self-only coverage where the offer itself states it.
select priced.* replace (
  cast(coalesce(asked.amount, round(priced.employee_self_only_cost * asked.factor, 2), priced.employee_self_only_cost)
    as decimal(12,2)) as employee_self_only_cost)
from {this} as priced

left join asked_contribution as asked
  on priced.tax_year = asked.tax_year and priced.benefit_plan_id = asked.benefit_plan_id
  and (asked.contribution_class is null or priced.contribution_class = asked.contribution_class)
  and not priced.is_ichra and priced.reason <> 'cobra_hours'
