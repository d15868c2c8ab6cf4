{# Full-time people and equivalents together: 26 CFR 54.4980H-2(b)(1). A person of whom a month is not known counts between nothing
   and one, and nothing is known of a year of which nobody was asked. #}
with summed as (
  select
    company_id, month_start,
    sum(coalesce(counted, 0)) as least_hours,
    sum(coalesce(counted, hours_of_one_equivalent)) as most_hours,
    sum(case when is_seasonal then coalesce(counted, 0) else 0 end) as seasonal_hours,
    sum(case when counted is null then 1 else 0 end) as unknown_count
  from {{ ref('int_law__aca_workforce_part') }}
  group by company_id, month_start
),

asked as (
  select company_id, tax_year from {{ ref('stg_hr__aca_employer_year') }} group by company_id, tax_year
)

select
  known.company_id, known.tax_year, known.month, known.month_start,
  cast(coalesce(summed.least_hours, 0) as decimal(18,4)) as least_hours,
  case when known.has_employment_period and known.is_complete_employment_period
    and (asked.company_id is not null or known.tax_year = (case when {{ year_end(as_of()) }} = {{ as_of() }} then year({{ as_of() }}) else year({{ as_of() }}) - 1 end))
    then cast(coalesce(summed.most_hours, 0) as decimal(18,4)) end as most_hours,
  cast(coalesce(summed.seasonal_hours, 0) as decimal(18,4)) as seasonal_hours,
  cast(coalesce(summed.unknown_count, 0) as integer) as unknown_count
from {{ ref('int_law__aca_known_month') }} as known
inner join {{ ref('law_aca_size') }} as law on known.tax_year + 1 = law.tax_year
left join summed on known.company_id = summed.company_id and known.month_start = summed.month_start
left join asked on known.company_id = asked.company_id and known.tax_year = asked.tax_year
