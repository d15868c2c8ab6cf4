with base as (
  select person.company_id, person.employee_id, person.tax_year, turning.month, turning.last_month, known.month_start, known.month_end,
    {{ turn_id('person', 'known.month_start') }} as turn_id,
    person.is_common_law, known.has_employment_period, known.is_complete_employment_period
  from {{ ref('int_law__aca_employee_year') }} as person
  inner join {{ ref('int_law__aca_turning_month') }} as turning
    on person.company_id = turning.company_id and person.employee_id = turning.employee_id and person.tax_year = turning.tax_year
  inner join {{ ref('int_law__aca_known_month') }} as known
    on turning.company_id = known.company_id and turning.tax_year = known.tax_year and turning.month = known.month
),

period as (
  select company_id, employee_id, employment_period_id, start_date, {{ open_end('end_date') }} as to_date, employment_class,
    contribution_class, employee_class, worksite_state, worksite_zip, is_union, bargaining_unit,
    row_number() over (partition by company_id, employee_id order by start_date, employment_period_id desc) as place
  from {{ ref('stg_hr__employment_period') }}
  where start_date <= {{ open_end('end_date') }}
),

span_month as (
  select
    base.turn_id,
    max(span.span_start) as span_start,
    max(span.span_end) as span_end,
    max(span.service_number) as service_number,
    max(span.service_start) as service_start,
    max(case when span.is_start_known then 1 else 0 end) as is_start_known,
    cast(sum({{ shared_days('span.span_start', 'span.span_end', 'base.month_start', 'base.month_end') }}) as integer) as employed_days
  from base
  inner join {{ ref('int_law__aca_service') }} as span
    on base.company_id = span.company_id and base.employee_id = span.employee_id
    and span.span_start <= base.month_end and span.span_end >= base.month_start
  group by base.turn_id
),

class_of_month as (
  select
    base.turn_id,
    max(period.place) as place,
    min(period.employment_class) as class_low,
    max(period.employment_class) as class_high,
    min(coalesce(period.contribution_class, '')) as contribution_low,
    max(coalesce(period.contribution_class, '')) as contribution_high,
    min(coalesce(period.worksite_state, '')) as state_low,
    max(coalesce(period.worksite_state, '')) as state_high
  from base
  inner join period
    on base.company_id = period.company_id and base.employee_id = period.employee_id
    and period.start_date <= base.month_end and period.to_date >= base.month_start
  group by base.turn_id
)

select
  base.company_id,
  base.employee_id,
  base.turn_id,
  base.tax_year,
  base.month,
  base.last_month,
  base.month_start,
  base.month_end,
  case
    when not base.is_common_law then false
    when not base.has_employment_period or not base.is_complete_employment_period or elsewhere.is_unknown then cast(null as boolean)
    else span_month.turn_id is not null and elsewhere.employee_id is null
  end as is_employed,
  case
    when not base.is_common_law then null
    when not base.has_employment_period then 'employment_absent'
    when not base.is_complete_employment_period then 'employment_incomplete'
    when elsewhere.is_unknown then 'group_hours'
  end as employed_reason,
  coalesce(span_month.employed_days, 0) as employed_days,
  span_month.span_start,
  span_month.span_end,
  span_month.service_number,
  span_month.service_start,
  span_month.span_start > span_month.service_start as is_return,
  span_month.is_start_known = 1 as is_start_known,
  coalesce(span_month.span_end < base.month_end, false) as is_left_in_month,
  held.class_low,
  held.class_high,
  case when held.contribution_low = held.contribution_high then last_period.contribution_class end as contribution_class,
  coalesce(held.contribution_low <> held.contribution_high, false) as is_contribution_class_mixed,
  case when held.state_low = held.state_high then last_period.worksite_state end as worksite_state,
  last_period.worksite_zip,
  last_period.employment_class,
  last_period.employee_class,
  coalesce(last_period.is_union, false) as is_union,
  last_period.bargaining_unit
from base
left join span_month
  on base.turn_id = span_month.turn_id
left join class_of_month as held
  on base.turn_id = held.turn_id
left join period as last_period
  on base.company_id = last_period.company_id and base.employee_id = last_period.employee_id and held.place = last_period.place
left join {{ ref('int_law__aca_elsewhere_month') }} as elsewhere
  on base.company_id = elsewhere.company_id and base.employee_id = elsewhere.employee_id and base.month_start = elsewhere.month_start
