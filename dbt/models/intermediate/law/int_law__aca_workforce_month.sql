{# Full-time by the hours of the month, not by a measurement: 26 CFR 54.4980H-2(b)(1), (c)(2). In hours, so that nothing is
   rounded: one equivalent for a full-time employee, for anybody else the hours up to one. The law of a month is that of the year
   after it, whose status it decides. A person of whom a month is not known counts between nothing and one. #}
with part as (
  select
    employed.company_id, employed.tax_year, month_of_year.month_start,
    employed.class_low = 'seasonal' and employed.class_high = 'seasonal' as is_seasonal,
    law.hours_of_one_equivalent,
    case
      when employed.is_employed is null then null
      when measure.is_full_time then law.hours_of_one_equivalent
      when measure.is_full_time = false then {{ smaller('coalesce(hours.credited_hours, 0)', 'law.hours_of_one_equivalent') }}
      when person.full_time_basis = 'class' and employed.class_low = 'full_time' and employed.class_high = 'full_time'
        then law.hours_of_one_equivalent
    end as counted
  from {{ ref('int_law__aca_employed_month') }} as employed
  inner join {{ ref('int_law__aca_month') }} as month_of_year
    on employed.tax_year = month_of_year.tax_year and month_of_year.month between employed.month and employed.last_month
  inner join {{ ref('int_law__aca_employee_year') }} as person
    on employed.company_id = person.company_id and employed.employee_id = person.employee_id and employed.tax_year = person.tax_year
  inner join {{ ref('law_aca_size') }} as law on employed.tax_year + 1 = law.tax_year
  left join {{ ref('int_law__aca_month_measure') }} as measure
    on employed.company_id = measure.company_id and employed.employee_id = measure.employee_id and employed.month_start = measure.month_start
  left join {{ ref('int_law__aca_hours_month') }} as hours
    on employed.company_id = hours.company_id and employed.employee_id = hours.employee_id and month_of_year.month_start = hours.month_start
  where employed.is_employed is null or employed.is_employed
),

summed as (
  select
    company_id, month_start,
    sum(coalesce(counted, 0)) as least_hours,
    sum(coalesce(counted, hours_of_one_equivalent)) as most_hours,
    sum(case when is_seasonal then coalesce(counted, 0) else 0 end) as seasonal_hours,
    sum(case when counted is null then 1 else 0 end) as unknown_count
  from part
  group by company_id, month_start
)

select
  known.company_id, known.tax_year, known.month, known.month_start,
  cast(coalesce(summed.least_hours, 0) as decimal(18,4)) as least_hours,
  case when known.has_employment_period and known.is_complete_employment_period
    then cast(coalesce(summed.most_hours, 0) as decimal(18,4)) end as most_hours,
  cast(coalesce(summed.seasonal_hours, 0) as decimal(18,4)) as seasonal_hours,
  cast(coalesce(summed.unknown_count, 0) as integer) as unknown_count
from {{ ref('int_law__aca_known_month') }} as known
inner join {{ ref('law_aca_size') }} as law on known.tax_year + 1 = law.tax_year
left join summed on known.company_id = summed.company_id and known.month_start = summed.month_start
