with base as (
  select person.company_id, person.employee_id, person.tax_year, known.month, known.month_start, known.month_end,
    person.original_hire_date, known.has_employment_period, known.is_complete_employment_period
  from {{ ref('int_law__aca_employee_year') }} as person
  inner join {{ ref('int_law__aca_known_month') }} as known
    on person.company_id = known.company_id and person.tax_year = known.tax_year
),

period as (
  select company_id, employee_id, start_date, {{ open_end('end_date') }} as to_date, employment_class,
    contribution_class, worksite_state
  from {{ ref('stg_hr__employment_period') }}
  where start_date <= {{ open_end('end_date') }}
),

class_span as (
  {{ merged_spans('period', ['company_id', 'employee_id', 'employment_class'], 'start_date', 'to_date') }}
),

span_month as (
  select
    base.employee_id, base.company_id, base.month_start,
    max(span.span_start) as span_start,
    max(span.span_end) as span_end,
    max(span.span_number) as span_number,
    cast(sum({{ shared_days('span.span_start', 'span.span_end', 'base.month_start', 'base.month_end') }}) as integer) as employed_days
  from base
  inner join {{ ref('int_law__aca_employment_span') }} as span
    on base.company_id = span.company_id and base.employee_id = span.employee_id
    and span.span_start <= base.month_end and span.span_end >= base.month_start
  group by base.employee_id, base.company_id, base.month_start
),

class_month as (
  select
    base.employee_id, base.company_id, base.month_start,
    min(class_span.employment_class) as class_low,
    max(class_span.employment_class) as class_high,
    max(class_span.span_start) as class_from
  from base
  inner join class_span
    on base.company_id = class_span.company_id and base.employee_id = class_span.employee_id
    and class_span.span_start <= base.month_end and class_span.span_end >= base.month_start
  group by base.employee_id, base.company_id, base.month_start
),

place_month as (
  select
    base.employee_id, base.company_id, base.month_start,
    case when min(coalesce(period.contribution_class, '')) = max(coalesce(period.contribution_class, ''))
      then max(period.contribution_class) end as contribution_class,
    min(coalesce(period.contribution_class, '')) <> max(coalesce(period.contribution_class, '')) as is_contribution_class_mixed,
    case when min(coalesce(period.worksite_state, '')) = max(coalesce(period.worksite_state, ''))
      then max(period.worksite_state) end as worksite_state
  from base
  inner join period
    on base.company_id = period.company_id and base.employee_id = period.employee_id
    and period.start_date <= base.month_end and period.to_date >= base.month_start
  group by base.employee_id, base.company_id, base.month_start
)

select
  base.company_id,
  base.employee_id,
  base.tax_year,
  base.month,
  base.month_start,
  base.month_end,
  case
    when not base.has_employment_period or not base.is_complete_employment_period then cast(null as boolean)
    else span_month.employee_id is not null
  end as is_employed,
  case
    when not base.has_employment_period then 'employment_absent'
    when not base.is_complete_employment_period then 'employment_incomplete'
  end as employed_reason,
  coalesce(span_month.employed_days, 0) as employed_days,
  span_month.span_start,
  span_month.span_end,
  coalesce(span_month.span_number = 1 and coalesce(base.original_hire_date >= span_month.span_start, true), false) as is_new_hire,
  coalesce(span_month.span_end < base.month_end, false) as is_left_in_month,
  class_month.class_low,
  class_month.class_high,
  class_month.class_from,
  place_month.contribution_class,
  coalesce(place_month.is_contribution_class_mixed, false) as is_contribution_class_mixed,
  place_month.worksite_state
from base
left join span_month
  on base.company_id = span_month.company_id and base.employee_id = span_month.employee_id and base.month_start = span_month.month_start
left join class_month
  on base.company_id = class_month.company_id and base.employee_id = class_month.employee_id and base.month_start = class_month.month_start
left join place_month
  on base.company_id = place_month.company_id and base.employee_id = place_month.employee_id and base.month_start = place_month.month_start
