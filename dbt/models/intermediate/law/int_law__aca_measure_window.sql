with person as (
  select
    employed.company_id, employed.employee_id, employed.month_start, employed.service_start, employed.service_number, employed.is_start_known,
    policy_month.measurement_policy_id, false as is_left
  from {{ ref('int_law__aca_employed_month') }} as employed
  inner join {{ ref('int_law__aca_policy_month') }} as policy_month
    on employed.turn_id = policy_month.turn_id
  where policy_month.method = 'look_back' and policy_month.policy_reason is null
  union all
  select company_id, employee_id, left_from, service_start, service_number, is_start_known, measurement_policy_id, true as is_left
  from {{ ref('int_law__aca_left_policy') }}
)

select
  initial.company_id, initial.employee_id, initial.measurement_policy_id, initial.service_number,
  'initial' as kind,
  initial.measure_from, initial.measure_to, initial.stability_from, initial.stability_to, initial.part_time_to,
  initial.measured_months,
  false as is_admin_too_long
from {{ ref('int_law__aca_initial_window') }} as initial
inner join (
  select company_id, employee_id, measurement_policy_id, service_number
  from person
  where is_start_known
  group by company_id, employee_id, measurement_policy_id, service_number
) as measured
  on initial.company_id = measured.company_id and initial.employee_id = measured.employee_id
  and initial.measurement_policy_id = measured.measurement_policy_id and initial.service_number = measured.service_number
union all
select
  person.company_id, person.employee_id, person.measurement_policy_id, person.service_number,
  'standard' as kind,
  cycle.measure_from, cycle.measure_to, cycle.stability_from, cycle.stability_to, cycle.part_time_to, cycle.measured_months,
  cycle.is_admin_too_long
from person
inner join {{ ref('int_law__aca_standard_cycle') }} as cycle
  on person.measurement_policy_id = cycle.measurement_policy_id
  and case when person.is_left then cycle.measure_from else cycle.stability_from end <= person.month_start
  and cycle.stability_to >= person.month_start
where person.service_start <= cycle.measure_from
group by person.company_id, person.employee_id, person.measurement_policy_id, person.service_number,
  cycle.measure_from, cycle.measure_to, cycle.stability_from, cycle.stability_to, cycle.part_time_to, cycle.measured_months,
  cycle.is_admin_too_long
