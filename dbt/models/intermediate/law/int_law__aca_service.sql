with law as (
  {{ law_in_force() }}
),

span_fact as (
  select
    span.company_id, span.employee_id, span.span_number, span.span_start, span.span_end,
    max(case when period.is_educational then 1 else 0 end) as is_educational,
    min(case when period.start_date = span.span_start then period.employment_class end) as class_at_start,
    max(case when period.start_date = span.span_start and period.expected_full_time_at_hire then 1 else 0 end) as is_expected,
    max(case when period.start_date = span.span_start and not period.expected_full_time_at_hire then 1 else 0 end) as is_unexpected,
    min(case when period.employment_class = 'full_time' then period.start_date end) as full_time_from
  from {{ ref('int_law__aca_employment_span') }} as span
  inner join {{ ref('stg_hr__employment_period') }} as period
    on span.company_id = period.company_id and span.employee_id = period.employee_id
    and period.start_date between span.span_start and span.span_end
  group by span.company_id, span.employee_id, span.span_number, span.span_start, span.span_end
),

policy as (
  select
    span.company_id, span.employee_id, span.span_number,
    max(policy.break_weeks) as break_weeks,
    max(case when policy.parity_rule then 1 else 0 end) as has_parity_rule
  from {{ ref('int_law__aca_employment_span') }} as span
  inner join {{ ref('stg_hr__measurement_policy') }} as policy
    on span.company_id = policy.company_id
    and policy.valid_from <= span.span_start and {{ open_end('policy.valid_to') }} >= span.span_start
  where span.span_number > 1
  group by span.company_id, span.employee_id, span.span_number
),

with_before as (
  select
    span_fact.*,
    lag(span_start) over (partition by company_id, employee_id order by span_number) as before_start,
    lag(span_end) over (partition by company_id, employee_id order by span_number) as before_end,
    lag(is_educational) over (partition by company_id, employee_id order by span_number) as before_educational
  from span_fact
),

with_break as (
  select
    with_before.*,
    {{ days_between('before_end', 'span_start') }} - 1 as break_days,
    {{ days_between('before_start', 'before_end') }} + 1 as before_days,
    7 * {{ larger('policy.break_weeks', 'case when with_before.is_educational = 1 or with_before.before_educational = 1
      then law.break_weeks_educational else law.break_weeks end') }} as new_after_days,
    7 * law.parity_break_weeks as parity_days,
    coalesce(policy.has_parity_rule, 0) as has_parity_rule
  from with_before
  cross join law
  left join policy
    on with_before.company_id = policy.company_id and with_before.employee_id = policy.employee_id
    and with_before.span_number = policy.span_number
),

numbered as (
  select
    with_break.*,
    cast(sum(case
      when before_end is null then 1
      when break_days >= new_after_days then 1
      when has_parity_rule = 1 and break_days >= parity_days and break_days > before_days then 1
      else 0
    end) over (
      partition by company_id, employee_id order by span_number rows between unbounded preceding and current row
    ) as integer) as service_number
  from with_break
),

service as (
  select
    company_id, employee_id, service_number,
    min(span_number) as first_span_number,
    min(span_start) as service_start,
    max(is_educational) as is_educational,
    min(full_time_from) as full_time_from
  from numbered
  group by company_id, employee_id, service_number
)

select
  numbered.company_id,
  numbered.employee_id,
  numbered.span_number,
  numbered.span_start,
  numbered.span_end,
  numbered.service_number,
  service.service_start,
  numbered.span_start > service.service_start as is_return,
  service.service_number > 1 or coalesce(employee.original_hire_date >= service.service_start, true) as is_start_known,
  first_span.class_at_start as class_at_hire,
  case
    when first_span.class_at_start = 'seasonal' then false
    when first_span.is_expected = 1 then true
    when first_span.is_unexpected = 1 then false
    else first_span.class_at_start = 'full_time'
  end as is_expected_full_time,
  service.full_time_from,
  {{ add_months(first_of_month_from('service.service_start'), 'law.waiting_full_months') }} as waited_from,
  {{ add_months(first_of_month_from('service.full_time_from'), 'law.waiting_full_months') }} as changed_from,
  service.is_educational = 1 as is_educational
from numbered
cross join law
inner join service
  on numbered.company_id = service.company_id and numbered.employee_id = service.employee_id
  and numbered.service_number = service.service_number
inner join numbered as first_span
  on service.company_id = first_span.company_id and service.employee_id = first_span.employee_id
  and service.first_span_number = first_span.span_number
left join {{ ref('stg_hr__employee') }} as employee on numbered.employee_id = employee.employee_id
