with person as (
  select
    employed.company_id, employed.employee_id, employed.month_start, employed.service_start, employed.service_number, employed.is_start_known,
    policy_month.measurement_policy_id
  from {{ ref('int_law__aca_employed_month') }} as employed
  inner join {{ ref('int_law__aca_policy_month') }} as policy_month
    on employed.company_id = policy_month.company_id and employed.employee_id = policy_month.employee_id
    and employed.month_start = policy_month.month_start
  where policy_month.method = 'look_back' and policy_month.policy_reason is null
),

service as (
  select company_id, employee_id, service_number, min(class_at_hire) as class_at_hire,
    max(case when is_expected_full_time then 1 else 0 end) as is_expected_full_time
  from {{ ref('int_law__aca_service') }}
  group by company_id, employee_id, service_number
),

initial_start as (
  select
    person.company_id, person.employee_id, person.measurement_policy_id, person.service_number, person.service_start,
    case when policy.initial_start_rule = 'hire_date' then person.service_start
      else {{ add_days(month_end('person.service_start'), 1) }} end as measure_from,
    {{ month_end(first_of_month_from(add_months('person.service_start', 12))) }} as latest_end,
    policy.initial_length_months, policy.initial_admin_length_days, policy.stability_length_months
  from (
    select company_id, employee_id, measurement_policy_id, service_number, service_start
    from person
    where is_start_known
    group by company_id, employee_id, measurement_policy_id, service_number, service_start
  ) as person
  inner join service
    on person.company_id = service.company_id and person.employee_id = service.employee_id and person.service_number = service.service_number
  inner join {{ ref('int_law__aca_policy') }} as policy on person.measurement_policy_id = policy.measurement_policy_id
  where service.is_expected_full_time = 0 and policy.is_initial_lawful
),

initial_end as (
  select
    initial_start.*,
    {{ add_days(add_months('measure_from', 'initial_length_months'), -1) }} as measure_to,
    law.admin_days_most
  from initial_start
  cross join ({{ law_in_force() }}) as law
),

initial_window as (
  select
    company_id, employee_id, measurement_policy_id, service_number, measure_from, measure_to,
    {{ add_days(earlier(add_days('measure_to', 'coalesce(initial_admin_length_days, admin_days_most)'), 'latest_end'), 1) }} as stability_from,
    initial_length_months, stability_length_months
  from initial_end
)

select
  company_id, employee_id, measurement_policy_id, service_number,
  'initial' as kind,
  measure_from, measure_to, stability_from,
  {{ add_days(add_months('stability_from', 'stability_length_months'), -1) }} as stability_to,
  {{ add_days(add_months('stability_from', 'initial_length_months + 1'), -1) }} as part_time_to,
  initial_length_months as measured_months,
  false as is_admin_too_long
from initial_window
union all
select
  person.company_id, person.employee_id, person.measurement_policy_id, person.service_number,
  'standard' as kind,
  cycle.measure_from, cycle.measure_to, cycle.stability_from, cycle.stability_to, cycle.part_time_to, cycle.measured_months,
  cycle.is_admin_too_long
from person
inner join {{ ref('int_law__aca_standard_cycle') }} as cycle
  on person.measurement_policy_id = cycle.measurement_policy_id
  and cycle.stability_from <= person.month_start and cycle.stability_to >= person.month_start
where person.service_start <= cycle.measure_from
group by person.company_id, person.employee_id, person.measurement_policy_id, person.service_number,
  cycle.measure_from, cycle.measure_to, cycle.stability_from, cycle.stability_to, cycle.part_time_to, cycle.measured_months,
  cycle.is_admin_too_long
