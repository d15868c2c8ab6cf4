with leaf as (
  select * from {{ ref('int_cost__leaf_month') }}
)

select
  company_id,
  provider_config_id,
  department_id,
  cost_category,
  benefit_type,
  month_start,
  month_end,
  enrollment_count,
  cast({{ known_sum('employer_cost', 'employer_unknown') }} as decimal(18,2)) as employer_cost,
  case when employer_unknown > 0 then 'not_measured' when modelled_count > 0 then 'modelled' else 'measured' end
    as employer_cost_status,
  cast({{ known_sum('employee_cost', 'employee_unknown') }} as decimal(18,2)) as employee_cost,
  case when employee_unknown > 0 then 'not_measured' else 'measured' end as employee_cost_status,
  cast({{ known_sum('total_cost', 'total_unknown') }} as decimal(18,2)) as total_cost,
  case when total_unknown > 0 then 'not_measured' when modelled_count > 0 then 'modelled' else 'measured' end
    as total_cost_status,
  cast({{ known_sum('employee_savings', 'savings_unknown') }} as decimal(18,2)) as employee_savings,
  case when savings_unknown > 0 then 'not_measured' else 'measured' end as employee_savings_status,
  total_unknown as unknown_cost_count,
  conflict_count
from leaf
