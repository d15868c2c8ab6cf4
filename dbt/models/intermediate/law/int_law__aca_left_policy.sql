with followed as (
  select
    employed.company_id, employed.employee_id, employed.service_number, employed.service_start, employed.is_start_known,
    employed.month_start,
    policy.measurement_policy_id as next_policy_id,
    lag(policy.measurement_policy_id) over (
      partition by employed.company_id, employed.employee_id, employed.service_number order by employed.month_start
    ) as measurement_policy_id
  from {{ ref('int_law__aca_employed_month') }} as employed
  left join {{ ref('int_law__aca_policy_month') }} as policy
    on employed.turn_id = policy.turn_id and policy.policy_reason is null
  where employed.is_employed
)

select company_id, employee_id, service_number, service_start, is_start_known, measurement_policy_id, month_start as left_from
from followed
where measurement_policy_id <> coalesce(next_policy_id, '')
