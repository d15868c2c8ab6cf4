-- The employee's share of self-only coverage moves between employee and employer; the premium stays.
with bearing as (
  select enrollment_id, max(level_code) as level_code
  from "warehouse"."intermediate"."int_cost__bearing_span" group by enrollment_id
),

priced as (
  select
    span.* replace (
      cast(round(span.premium * coalesce(price.factor, 1), 2) as decimal(18,2)) as premium,
      cast(case when price.factor is null then span.employer_amount
        else span.employer_amount + round((span.employee_amount + span.employer_amount) * (price.factor - 1), 2) end
        as decimal(18,2)) as employer_amount),
    case
      when share.amount is not null then share.amount * span.spread_months
      else round(span.employee_amount * share.factor, 2)
    end as asked_amount,
    share.benefit_plan_id is not null as is_asked
  from {this} as span
  left join bearing on span.enrollment_id = bearing.enrollment_id
  left join standing.intermediate.int_enrollment__employment_segment as segment
    on span.employee_id = segment.employee_id
    and greatest(span.covered_from, span.month_from) >= segment.segment_from
    and greatest(span.covered_from, span.month_from) <= coalesce(segment.segment_to, date '9999-12-31')
  left join asked_price as price
    on span.benefit_plan_id = price.benefit_plan_id and year(span.month_from) = price.tax_year
  left join asked_contribution as share
    on span.benefit_plan_id = share.benefit_plan_id and year(span.month_from) = share.tax_year
    and bearing.level_code = 'self'
    and (share.contribution_class is null or segment.contribution_class = share.contribution_class)
)

select priced.* exclude (asked_amount, is_asked) replace (
  cast(case when is_asked then asked_amount else employee_amount end as decimal(18,2)) as employee_amount,
  cast(case when is_asked then employer_amount + employee_amount - asked_amount else employer_amount end
    as decimal(18,2)) as employer_amount)
from priced
