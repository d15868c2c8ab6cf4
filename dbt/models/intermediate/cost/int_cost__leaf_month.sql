select
  company_id,
  provider_config_id,
  department_id,
  cost_category,
  benefit_type,
  month_start,
  month_end,
  cast(count(*) as integer) as enrollment_count,
  sum(employer_cost) as employer_cost,
  sum(employee_cost) as employee_cost,
  sum(total_cost) as total_cost,
  sum(employee_savings) as employee_savings,
  cast(sum(case when employer_cost is null then 1 else 0 end) as integer) as employer_unknown,
  cast(sum(case when employee_cost is null then 1 else 0 end) as integer) as employee_unknown,
  cast(sum(case when total_cost is null then 1 else 0 end) as integer) as total_unknown,
  cast(sum(case when employee_savings is null then 1 else 0 end) as integer) as savings_unknown,
  cast(sum(case when is_modelled then 1 else 0 end) as integer) as modelled_count,
  cast(sum(case when is_response_conflict then 1 else 0 end) as integer) as conflict_count
from {{ ref('int_cost__enrollment_month') }}
group by company_id, provider_config_id, department_id, cost_category, benefit_type, month_start, month_end
