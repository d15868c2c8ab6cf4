{# What each employee adds to the workforce of a month, in hours of equivalents, so that nothing is rounded: 26 CFR
   54.4980H-2(b)(1), (c)(2). One equivalent for a full-time employee, for anybody else the hours up to one; NULL where the month is
   not known. Full-time by the hours of the month, not by a measurement. The law of a month is that of the year after it, whose
   status it decides. A view: twelve rows a person, read once for everybody and once for seasonal workers. #}
{{ config(materialized='view') }}

select
  employed.company_id, employed.employee_id, employed.tax_year, month_of_year.month_start,
  employed.class_low = 'seasonal' and employed.class_high = 'seasonal' as is_seasonal,
  law.hours_of_one_equivalent,
  cast(case
    when employed.is_employed is null then null
    when measure.is_full_time then cast(law.hours_of_one_equivalent as decimal(14,4))
    when measure.is_full_time = false then {{ smaller('coalesce(hours.credited_hours, cast(0 as decimal(14,4)))', 'cast(law.hours_of_one_equivalent as decimal(14,4))') }}
    when person.full_time_basis = 'class' and employed.class_low = 'full_time' and employed.class_high = 'full_time'
      then cast(law.hours_of_one_equivalent as decimal(14,4))
  end as decimal(14,4)) as counted
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
