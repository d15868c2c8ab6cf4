with law as (
  {{ law_in_force() }}
),

first_month as (
  select
    employed.company_id, employed.employee_id, employed.service_number,
    min(case when measured.is_full_time then measured.month_start end) as measured_from
  from {{ ref('int_law__aca_employed_month') }} as employed
  inner join {{ ref('int_law__aca_measured_month') }} as measured
    on employed.turn_id = measured.turn_id
  group by employed.company_id, employed.employee_id, employed.service_number
),

known as (
  select company_id, employee_id, min(month_start) as known_from
  from {{ ref('int_law__aca_employed_month') }}
  group by company_id, employee_id
),

service as (
  select
    company_id, employee_id, service_number,
    min(service_start) as service_start,
    max(span_end) as service_end,
    min(case when is_expected_full_time then service_start else full_time_from end) as class_from,
    max(case when is_expected_full_time and class_at_hire <> 'full_time' then 1 else 0 end) as is_by_expectation,
    max(case when is_start_known then 1 else 0 end) as is_start_known
  from {{ ref('int_law__aca_service') }}
  group by company_id, employee_id, service_number
),

eligible as (
  select
    service.*,
    known.known_from,
    case
      when service.class_from is not null then service.class_from
      when first_month.measured_from is not null then {{ later('first_month.measured_from', 'service.service_start') }}
    end as eligible_from
  from service
  left join first_month
    on service.company_id = first_month.company_id and service.employee_id = first_month.employee_id
    and service.service_number = first_month.service_number
  left join known on service.company_id = known.company_id and service.employee_id = known.employee_id
),

windowed as (
  select
    eligible.*,
    {{ add_days(add_months(first_of_month_from('eligible_from'), 'law.waiting_full_months'), -1) }} as window_end
  from eligible
  cross join law
  where eligible_from is not null
),

offered as (
  select
    windowed.company_id, windowed.employee_id, windowed.service_number,
    min(offer.coverage_from) as value_from,
    max(case when offer.is_doubtful then 1 else 0 end) as has_doubt
  from windowed
  inner join {{ ref('int_law__aca_value_offer') }} as offer
    on windowed.company_id = offer.company_id and windowed.employee_id = offer.employee_id
    and offer.coverage_to >= windowed.eligible_from
  group by windowed.company_id, windowed.employee_id, windowed.service_number
),

class_at_deadline as (
  select
    windowed.company_id, windowed.employee_id, windowed.service_number,
    max(case when period.employment_class = 'full_time' then 1 else 0 end) as is_full_time
  from windowed
  inner join {{ ref('stg_hr__employment_period') }} as period
    on windowed.company_id = period.company_id and windowed.employee_id = period.employee_id
    and period.start_date between windowed.service_start and windowed.service_end
    and period.start_date <= {{ add_days('windowed.window_end', 1) }}
    and {{ open_end('period.end_date') }} >= {{ add_days('windowed.window_end', 1) }}
  group by windowed.company_id, windowed.employee_id, windowed.service_number
)

select
  windowed.company_id, windowed.employee_id, windowed.service_number, windowed.service_start,
  windowed.known_from,
  windowed.eligible_from,
  windowed.eligible_from > windowed.service_start as is_later,
  windowed.class_from is not null as is_by_class,
  windowed.is_by_expectation = 1 as is_by_expectation,
  windowed.window_end,
  {{ add_days('windowed.window_end', 1) }} as offer_by,
  offered.value_from,
  coalesce(offered.has_doubt, 0) = 1 as has_doubt,
  class_at_deadline.employee_id is null
    or (windowed.class_from is not null and windowed.is_by_expectation = 0 and class_at_deadline.is_full_time = 0) as is_excused
from windowed
left join offered
  on windowed.company_id = offered.company_id and windowed.employee_id = offered.employee_id
  and windowed.service_number = offered.service_number
left join class_at_deadline
  on windowed.company_id = class_at_deadline.company_id and windowed.employee_id = class_at_deadline.employee_id
  and windowed.service_number = class_at_deadline.service_number
