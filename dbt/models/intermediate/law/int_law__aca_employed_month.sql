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
    contribution_class, employee_class, worksite_state, worksite_zip, is_union, bargaining_unit
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

place_of_month as (
  select
    base.turn_id, period.contribution_class, period.employee_class, period.worksite_state,
    period.worksite_zip, period.employment_class, period.is_union, period.bargaining_unit,
    row_number() over (
      partition by base.turn_id order by period.start_date desc, period.employment_period_id
    ) as place
  from base
  inner join period
    on base.company_id = period.company_id and base.employee_id = period.employee_id
    and period.start_date <= base.month_end and period.to_date >= base.month_start
),

place_month as (
  select
    turn_id,
    min(employment_class) as class_low,
    max(employment_class) as class_high,
    case when min(coalesce(contribution_class, '')) = max(coalesce(contribution_class, ''))
      then max(contribution_class) end as contribution_class,
    min(coalesce(contribution_class, '')) <> max(coalesce(contribution_class, '')) as is_contribution_class_mixed,
    case when min(coalesce(worksite_state, '')) = max(coalesce(worksite_state, '')) then max(worksite_state) end as worksite_state,
    {%- for column in ['employment_class', 'employee_class', 'worksite_zip', 'bargaining_unit'] %}
    max(case when place = 1 then {{ column }} end) as {{ column }},
    {%- endfor %}
    max(case when place = 1 and is_union then 1 else 0 end) = 1 as is_union
  from place_of_month
  group by turn_id
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
  place_month.class_low,
  place_month.class_high,
  place_month.contribution_class,
  coalesce(place_month.is_contribution_class_mixed, false) as is_contribution_class_mixed,
  place_month.worksite_state,
  place_month.worksite_zip,
  place_month.employment_class,
  place_month.employee_class,
  coalesce(place_month.is_union, false) as is_union,
  place_month.bargaining_unit
from base
left join span_month
  on base.turn_id = span_month.turn_id
left join place_month
  on base.turn_id = place_month.turn_id
left join {{ ref('int_law__aca_elsewhere_month') }} as elsewhere
  on base.company_id = elsewhere.company_id and base.employee_id = elsewhere.employee_id and base.month_start = elsewhere.month_start
