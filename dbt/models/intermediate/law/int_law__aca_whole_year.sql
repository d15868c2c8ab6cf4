with facts as (
  select
    full_time.company_id, full_time.employee_id, full_time.tax_year,
    max(case when full_time.is_full_time and not known.is_open then 1 else 0 end) as has_full_time,
    max(case when full_time.is_full_time is null or known.is_open then 1 else 0 end) as has_unknown_full_time,
    max(case when enrolled.is_self_insured and not known.is_open then 1 else 0 end) as has_self_insured,
    max(case when enrolled.is_self_insured is null or known.is_open then 1 else 0 end) as has_unknown_insurance,
    max(case when enrolled.is_own_plan and not known.is_open then 1 else 0 end) as has_own_plan,
    max(case when enrolled.is_own_plan is null or known.is_open then 1 else 0 end) as has_unknown_own_plan,
    min(enrolled.own_plan_reason) as own_plan_reason,
    max(case when known.is_open then 1 else 0 end) as has_open_month,
    min(full_time.full_time_reason) as full_time_reason,
    min(enrolled.insurance_reason) as insurance_reason
  from {{ ref('int_law__aca_full_time_month') }} as full_time
  inner join {{ ref('int_law__aca_enrolled_month') }} as enrolled
    on full_time.turn_id = enrolled.turn_id
  inner join {{ ref('int_law__aca_known_month') }} as known
    on full_time.company_id = known.company_id and full_time.month_start = known.month_start
  group by full_time.company_id, full_time.employee_id, full_time.tax_year
)

select
  company_id, employee_id, tax_year,
  case
    when has_full_time = 1 then false
    when has_own_plan = 0 and has_unknown_own_plan = 0 then false
    when has_unknown_full_time = 0 and has_own_plan = 1 then true
  end as is_whole_year,
  case
    when has_full_time = 1 or (has_own_plan = 0 and has_unknown_own_plan = 0) then null
    when has_unknown_full_time = 0 and has_own_plan = 1 then null
    when has_open_month = 1 then 'month_open'
    when has_unknown_full_time = 1 then 'whole_year_open'
    else own_plan_reason
  end as whole_year_reason,
  case when has_full_time = 1 then true when has_unknown_full_time = 0 then false end as is_ever_full_time,
  case when has_open_month = 1 then 'month_open' else coalesce(full_time_reason, insurance_reason) end as year_reason,
  insurance_reason,
  case when has_self_insured = 1 then true when has_unknown_insurance = 0 then false end as is_ever_self_insured
from facts
