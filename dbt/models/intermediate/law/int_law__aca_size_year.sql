{# Large or not, by the workforce of the year before, members of a group together: IRC 4980H(c)(2), 26 CFR 54.4980H-2. What is
   declared decides the forms; this stands beside it. Nobody is left out for TRICARE or veterans' coverage. #}
with averaged as (
  select
    group_month.company_id, group_month.tax_year, law.large_employer_size, law.seasonal_months_most, law.seasonal_days_most, law.status, law.citation,
    {{ share_down('sum(group_month.least_hours)', '(12 * law.hours_of_one_equivalent)') }} as average_least,
    case when count(group_month.most_hours) = 12
      then {{ share_down('sum(group_month.most_hours)', '(12 * law.hours_of_one_equivalent)') }} end as average_most,
    max(group_month.least_hours) > 0 as is_anybody_counted,
    sum(case when group_month.least_hours > law.large_employer_size * law.hours_of_one_equivalent then 1 else 0 end) as months_above,
    max(case when group_month.least_hours > law.large_employer_size * law.hours_of_one_equivalent
      and group_month.least_hours - group_month.seasonal_hours > law.large_employer_size * law.hours_of_one_equivalent then 1 else 0 end) = 0 as is_above_by_seasonal,
    max(case when group_month.most_hours = group_month.least_hours then 0 else 1 end) = 0 as is_known
  from {{ ref('int_law__aca_group_workforce_month') }} as group_month
  inner join {{ ref('law_aca_size') }} as law on group_month.tax_year = law.tax_year
  group by group_month.company_id, group_month.tax_year, law.large_employer_size, law.hours_of_one_equivalent, law.seasonal_months_most,
    law.seasonal_days_most, law.status, law.citation
  having count(*) = 12
),

seasoned as (
  select
    averaged.*,
    is_above_by_seasonal and months_above > 0 and (months_above <= seasonal_months_most or coalesce(season.days_most <= seasonal_days_most, false))
      as is_season_short,
    not is_above_by_seasonal or (months_above > seasonal_months_most and coalesce(season.days_least > seasonal_days_most, false)) as is_season_long
  from averaged
  left join {{ ref('int_law__aca_season') }} as season on averaged.company_id = season.company_id and averaged.tax_year = season.tax_year
),

declared as (
  select company_id, tax_year, min(ale_status) as ale_status
  from {{ ref('stg_hr__aca_employer_year') }}
  group by company_id, tax_year
)

select
  seasoned.company_id, seasoned.tax_year, declared.ale_status as declared_status,
  seasoned.average_least, seasoned.average_most, seasoned.large_employer_size,
  cast(seasoned.months_above as integer) as months_above,
  case
    when not seasoned.is_anybody_counted then null
    when seasoned.is_known and seasoned.is_season_short then 'not_ale'
    when seasoned.average_most < seasoned.large_employer_size then 'not_ale'
    when seasoned.average_least >= seasoned.large_employer_size
      and (seasoned.is_season_long or (seasoned.is_known and seasoned.months_above = 0)) then 'ale'
  end as computed_status,
  seasoned.status, seasoned.citation
from seasoned
left join declared on seasoned.company_id = declared.company_id and seasoned.tax_year = declared.tax_year
