{# The workforce that decides an employer's size: 26 CFR 54.4980H-2. #}

{# Each employee's part of the workforce of a month, in hours of equivalents; NULL where the month is not known. Full-time by the
   hours of the month, not by a measurement. The law of a month is that of the year after it, whose status it decides. #}
{% macro workforce_part() -%}
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
{%- endmacro %}

{# The members of each company's group in a month, itself among them; no company where a member is not one of ours. #}
{% macro size_group() -%}
  select company_id, month_start, company_id as member_company_id
  from {{ ref('int_law__aca_known_month') }}
  union all
  select company_id, month_start, member_company_id
  from {{ ref('int_law__aca_group_month') }}
  group by company_id, month_start, member_company_id, member_ein
{%- endmacro %}

{# The workforce of a group in a month that has ended. #}
{% macro group_workforce(of_group) -%}
  select
    of_group.company_id, of_group.month_start, cast(year(of_group.month_start) + 1 as integer) as tax_year,
    sum(coalesce(workforce.least_hours, 0)) as least_hours,
    case when max(case when workforce.most_hours is null then 1 else 0 end) = 0 then sum(workforce.most_hours) end as most_hours,
    sum(coalesce(workforce.seasonal_hours, 0)) as seasonal_hours
  from {{ of_group }} as of_group
  inner join {{ ref('int_law__aca_known_month') }} as known
    on of_group.company_id = known.company_id and of_group.month_start = known.month_start and not known.is_open
  left join {{ ref('int_law__aca_workforce_month') }} as workforce
    on of_group.member_company_id = workforce.company_id and of_group.month_start = workforce.month_start
  group by of_group.company_id, of_group.month_start
{%- endmacro %}

{# The last calendar year that has ended on the business date: asked for whatever is declared. #}
{% macro last_year_ended() -%}
  (case when {{ year_end(as_of()) }} = {{ as_of() }} then year({{ as_of() }}) else year({{ as_of() }}) - 1 end)
{%- endmacro %}
