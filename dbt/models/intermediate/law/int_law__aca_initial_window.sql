with service as (
  select
    company_id, employee_id, service_number,
    min(service_start) as service_start,
    max(case when is_expected_full_time then 1 else 0 end) as is_expected_full_time
  from {{ ref('int_law__aca_service') }}
  group by company_id, employee_id, service_number
),

placed as (
  select
    service.company_id, service.employee_id, policy.measurement_policy_id, service.service_number,
    case when policy.initial_start_rule = 'hire_date' then service.service_start
      else {{ add_days(month_end('service.service_start'), 1) }} end as measure_from,
    {{ month_end(first_of_month_from(add_months('service.service_start', 12))) }} as latest_end,
    policy.initial_length_months, policy.initial_admin_length_days, policy.stability_length_months
  from service
  inner join {{ ref('int_law__aca_policy') }} as policy on service.company_id = policy.company_id
  where service.is_expected_full_time = 0 and policy.method = 'look_back' and policy.is_initial_lawful
),

ended as (
  select
    placed.*,
    {{ add_days(add_months('measure_from', 'initial_length_months'), -1) }} as measure_to,
    law.admin_days_most
  from placed
  cross join ({{ law_in_force() }}) as law
),

followed as (
  select
    company_id, employee_id, measurement_policy_id, service_number, measure_from, measure_to,
    {{ add_days(earlier(add_days('measure_to', 'coalesce(initial_admin_length_days, admin_days_most)'), 'latest_end'), 1) }} as stability_from,
    initial_length_months, stability_length_months
  from ended
)

select
  company_id, employee_id, measurement_policy_id, service_number, measure_from, measure_to, stability_from,
  {{ add_days(add_months('stability_from', 'stability_length_months'), -1) }} as stability_to,
  {{ add_days(add_months('stability_from', 'initial_length_months + 1'), -1) }} as part_time_to,
  initial_length_months as measured_months
from followed
