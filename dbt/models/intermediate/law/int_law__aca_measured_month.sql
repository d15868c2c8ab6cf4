with stable as (
  select
    employed.turn_id,
    max(case when measured.measure_reason is null and measured.is_full_time then 1 else 0 end) as has_full_time,
    max(case when measured.measure_reason is null and not measured.is_full_time and employed.month_start <= measured.part_time_to
      then 1 else 0 end) as has_part_time,
    max(case when measured.measure_reason is null and not measured.is_full_time and employed.month_start > measured.part_time_to
      then 1 else 0 end) as is_overdue,
    max(case when measured.kind = 'standard' then 1 else 0 end) as has_standard,
    min(measured.measure_reason) as measure_reason
  from {{ ref('int_law__aca_employed_month') }} as employed
  inner join {{ ref('int_law__aca_measured_window') }} as measured
    on employed.company_id = measured.company_id and employed.employee_id = measured.employee_id
    and employed.service_number = measured.service_number
    and measured.stability_from <= employed.month_start and measured.stability_to >= employed.month_start
  inner join {{ ref('int_law__aca_policy_month') }} as policy_month
    on employed.turn_id = policy_month.turn_id and measured.measurement_policy_id = policy_month.measurement_policy_id
  group by employed.turn_id
),

-- 26 CFR 54.4980H-3(f)(1), Notice 2014-49: a stability period that ran when its policy was left goes on to its end; under a
-- monthly policy, the one that belongs to the measurement running then makes full-time too
kept as (
  select
    employed.turn_id,
    max(case when measured.measure_reason is null and measured.is_full_time then 1 else 0 end) as has_full_time,
    max(case when measured.measure_reason is null and not measured.is_full_time and employed.month_start <= measured.part_time_to
      then 1 else 0 end) as has_part_time,
    min(measured.measure_reason) as measure_reason
  from {{ ref('int_law__aca_left_policy') }} as left_policy
  inner join {{ ref('int_law__aca_measured_window') }} as measured
    on left_policy.company_id = measured.company_id and left_policy.employee_id = measured.employee_id
    and left_policy.service_number = measured.service_number and left_policy.measurement_policy_id = measured.measurement_policy_id
  inner join {{ ref('int_law__aca_employed_month') }} as employed
    on left_policy.company_id = employed.company_id and left_policy.employee_id = employed.employee_id
    and left_policy.service_number = employed.service_number and left_policy.left_from <= employed.month_start
    and measured.stability_from <= employed.month_start and measured.stability_to >= employed.month_start
  left join {{ ref('int_law__aca_policy_month') }} as policy
    on employed.turn_id = policy.turn_id
  where left_policy.measurement_policy_id <> coalesce(policy.measurement_policy_id, '')
    and (
      left_policy.left_from >= case when measured.kind = 'initial' then {{ add_days('measured.measure_to', 1) }} else measured.stability_from end
      or (coalesce(policy.method, 'monthly') = 'monthly' and left_policy.left_from between measured.measure_from and measured.measure_to)
    )
  group by employed.turn_id
),

-- the same paragraph from a monthly policy: full-time by the month too, until a period measured after the move is stable
entered as (
  select employed.turn_id
  from {{ ref('int_law__aca_left_policy') }} as left_policy
  inner join {{ ref('int_law__aca_policy') }} as before on left_policy.measurement_policy_id = before.measurement_policy_id
  inner join {{ ref('int_law__aca_employed_month') }} as employed
    on left_policy.company_id = employed.company_id and left_policy.employee_id = employed.employee_id
    and left_policy.service_number = employed.service_number and left_policy.left_from <= employed.month_start
  inner join {{ ref('int_law__aca_policy_month') }} as policy
    on employed.turn_id = policy.turn_id and policy.method = 'look_back'
  left join {{ ref('int_law__aca_measured_window') }} as measured
    on employed.company_id = measured.company_id and employed.employee_id = measured.employee_id
    and employed.service_number = measured.service_number and policy.measurement_policy_id = measured.measurement_policy_id
    and measured.stability_from <= employed.month_start and measured.stability_to >= employed.month_start
  where before.method = 'monthly'
  group by employed.turn_id
  having coalesce(max(measured.measure_from) < max(left_policy.left_from), true)
),

initial as (
  select
    measured.*,
    service.full_time_from > service.service_start and service.full_time_from <= measured.measure_to as is_changed,
    service.changed_from
  from {{ ref('int_law__aca_measured_window') }} as measured
  inner join (
    select company_id, employee_id, service_number,
      min(service_start) as service_start, min(full_time_from) as full_time_from, min(changed_from) as changed_from
    from {{ ref('int_law__aca_service') }}
    group by company_id, employee_id, service_number
  ) as service
    on measured.company_id = service.company_id and measured.employee_id = service.employee_id
    and measured.service_number = service.service_number
  where measured.kind = 'initial'
),

hire as (
  select company_id, employee_id, service_number, max(case when is_expected_full_time then 1 else 0 end) as is_expected_full_time
  from {{ ref('int_law__aca_service') }}
  group by company_id, employee_id, service_number
),

judged as (
  select
    employed.company_id, employed.employee_id, employed.turn_id, employed.tax_year, employed.month, employed.month_start,
    case
      when employed.is_employed is null then employed.employed_reason
      when not employed.is_employed then 'no'
      when person.full_time_basis = 'class' and employed.class_low = employed.class_high and employed.class_low = 'full_time' then 'yes'
      when person.full_time_basis = 'class' and employed.class_low = employed.class_high and employed.class_low = 'part_time' then 'no'
      when policy.policy_reason is not null then policy.policy_reason
      when kept.has_full_time = 1 then 'yes'
      when coalesce(policy.method, 'monthly') = 'monthly' and monthly.is_full_time then 'yes'
      when kept.measure_reason is not null then kept.measure_reason
      when kept.has_part_time = 1 and policy.method = 'look_back' then 'no'
      when coalesce(policy.method, 'monthly') = 'monthly' and monthly.is_full_time = false then 'no'
      when coalesce(policy.method, 'monthly') = 'monthly' and person.full_time_basis = 'class' and employed.class_low <> employed.class_high
        then 'class_mixed'
      when coalesce(policy.method, 'monthly') = 'monthly' and person.full_time_basis = 'class' then 'class_undecided'
      when coalesce(policy.method, 'monthly') = 'monthly' then monthly.measure_reason
      when stable.has_full_time = 1 then 'yes'
      when entered.turn_id is not null and monthly.is_full_time then 'yes'
      when entered.turn_id is not null and monthly.is_full_time is null then monthly.measure_reason
      when initial.is_changed and employed.month_start >= initial.changed_from and employed.employment_class = 'full_time'
        and coalesce(stable.has_standard, 0) = 0 then 'yes'
      -- 26 CFR 54.4980H-1(a)(26)(v): to the third full month after the change, also where the first measurement found less
      when initial.is_changed and initial.is_full_time = false and initial.measure_reason is null and employed.employment_class = 'full_time'
        and employed.month_start >= initial.stability_from and employed.month_start < initial.changed_from
        and coalesce(stable.has_standard, 0) = 0 then 'initial'
      when stable.measure_reason is not null then stable.measure_reason
      when stable.has_part_time = 1 and stable.is_overdue = 0 then 'no'
      when stable.is_overdue = 1 then 'measurement_policy'
      when not employed.is_start_known then 'rehire'
      when employed.month_start < initial.stability_from then 'initial'
      when initial.measure_reason is not null then initial.measure_reason
      when initial.is_full_time then 'yes'
      when initial.is_full_time = false then 'no'
      when not rules.is_standard_lawful or hire.is_expected_full_time = 0 then 'measurement_policy'
      when monthly.is_full_time then 'yes'
      when monthly.is_full_time = false then 'no'
      else monthly.measure_reason
    end as answer,
    initial.stability_from as initial_stability_from,
    case when initial.measure_reason is null then initial.is_full_time end as is_initial_full_time,
    initial.measure_reason as initial_reason,
    case when initial.is_changed then initial.changed_from end as changed_from
  from {{ ref('int_law__aca_employed_month') }} as employed
  inner join {{ ref('int_law__aca_employee_year') }} as person
    on employed.company_id = person.company_id and employed.employee_id = person.employee_id and employed.tax_year = person.tax_year
  inner join {{ ref('int_law__aca_month_measure') }} as monthly
    on employed.turn_id = monthly.turn_id
  left join {{ ref('int_law__aca_policy_month') }} as policy
    on employed.turn_id = policy.turn_id
  left join {{ ref('int_law__aca_policy') }} as rules on policy.measurement_policy_id = rules.measurement_policy_id
  left join hire
    on employed.company_id = hire.company_id and employed.employee_id = hire.employee_id and employed.service_number = hire.service_number
  left join stable
    on employed.turn_id = stable.turn_id
  left join kept
    on employed.turn_id = kept.turn_id
  left join entered
    on employed.turn_id = entered.turn_id
  left join initial
    on employed.company_id = initial.company_id and employed.employee_id = initial.employee_id
    and employed.service_number = initial.service_number and policy.measurement_policy_id = initial.measurement_policy_id
)

select
  company_id, employee_id, turn_id, tax_year, month, month_start,
  case when answer = 'yes' then true when answer in ('no', 'initial') then false end as is_full_time,
  case when answer not in ('yes', 'no', 'initial') then answer end as measure_reason,
  answer = 'initial' as is_initial,
  initial_stability_from, is_initial_full_time, initial_reason, changed_from
from judged
