{# The workforce of a group in a month that has ended, members together: 26 CFR 54.4980H-2(b)(1). At most unbounded where a member
   is not one of ours, or its workforce has no bound. #}
select
  of_group.company_id, of_group.month_start, cast(year(of_group.month_start) + 1 as integer) as tax_year,
  sum(coalesce(workforce.least_hours, 0)) as least_hours,
  case when max(case when workforce.most_hours is null then 1 else 0 end) = 0 then sum(workforce.most_hours) end as most_hours,
  sum(coalesce(workforce.seasonal_hours, 0)) as seasonal_hours
from {{ ref('int_law__aca_size_group_month') }} as of_group
inner join {{ ref('int_law__aca_known_month') }} as known
  on of_group.company_id = known.company_id and of_group.month_start = known.month_start and not known.is_open
left join {{ ref('int_law__aca_workforce_month') }} as workforce
  on of_group.member_company_id = workforce.company_id and of_group.month_start = workforce.month_start
group by of_group.company_id, of_group.month_start
