{# Large or not, by the workforce of the year before, members of a group together: IRC 4980H(c)(2), 26 CFR 54.4980H-2. What is
   declared decides the forms; this stands beside it. Nobody is left out for TRICARE or veterans' coverage. #}
with of_group as (
  select company_id, month_start, company_id as member_company_id
  from {{ ref('int_law__aca_known_month') }}
  union all
  select company_id, month_start, member_company_id
  from {{ ref('int_law__aca_group_month') }}
  group by company_id, month_start, member_company_id, member_ein
),

group_month as (
  select
    of_group.company_id, of_group.month_start, cast(year(of_group.month_start) + 1 as integer) as tax_year,
    sum(coalesce(workforce.least_hours, 0)) as least_hours,
    case when max(case when workforce.most_hours is null then 1 else 0 end) = 0 then sum(workforce.most_hours) end as most_hours,
    sum(coalesce(workforce.seasonal_hours, 0)) as seasonal_hours
  from of_group
  inner join {{ ref('int_law__aca_known_month') }} as known
    on of_group.company_id = known.company_id and of_group.month_start = known.month_start and not known.is_open
  left join {{ ref('int_law__aca_workforce_month') }} as workforce
    on of_group.member_company_id = workforce.company_id and of_group.month_start = workforce.month_start
  group by of_group.company_id, of_group.month_start
),

averaged as (
  select
    group_month.company_id, group_month.tax_year, law.large_employer_size, law.seasonal_months_most, law.status, law.citation,
    {{ share_down('sum(group_month.least_hours)', '(12 * law.hours_of_one_equivalent)') }} as average_least,
    case when count(group_month.most_hours) = 12
      then {{ share_down('sum(group_month.most_hours)', '(12 * law.hours_of_one_equivalent)') }} end as average_most,
    max(group_month.least_hours) > 0 as is_anybody_counted,
    sum(case when group_month.least_hours > law.large_employer_size * law.hours_of_one_equivalent then 1 else 0 end) as months_above,
    max(case when group_month.least_hours > law.large_employer_size * law.hours_of_one_equivalent
      and group_month.least_hours - group_month.seasonal_hours > law.large_employer_size * law.hours_of_one_equivalent then 1 else 0 end) = 0 as is_above_by_seasonal,
    max(case when group_month.most_hours = group_month.least_hours then 0 else 1 end) = 0 as is_known
  from group_month
  inner join {{ ref('law_aca_size') }} as law on group_month.tax_year = law.tax_year
  group by group_month.company_id, group_month.tax_year, law.large_employer_size, law.hours_of_one_equivalent, law.seasonal_months_most,
    law.status, law.citation
  having count(*) = 12
),

declared as (
  select company_id, tax_year, min(ale_status) as ale_status
  from {{ ref('stg_hr__aca_employer_year') }}
  group by company_id, tax_year
)

select
  averaged.company_id, averaged.tax_year, declared.ale_status as declared_status,
  averaged.average_least, averaged.average_most, averaged.large_employer_size,
  cast(averaged.months_above as integer) as months_above,
  case
    when not averaged.is_anybody_counted then null
    when averaged.is_known and averaged.months_above > 0 and averaged.months_above <= averaged.seasonal_months_most
      and averaged.is_above_by_seasonal then 'not_ale'
    when averaged.average_most < averaged.large_employer_size then 'not_ale'
    when averaged.average_least >= averaged.large_employer_size
      and (averaged.is_known or averaged.months_above > averaged.seasonal_months_most or not averaged.is_above_by_seasonal) then 'ale'
  end as computed_status,
  averaged.status, averaged.citation
from averaged
left join declared on averaged.company_id = declared.company_id and averaged.tax_year = declared.tax_year
