with worked as (
  select
    shared.company_id, shared.employee_id, shared.group_name, shared.person_key, month_of_year.month_start
  from {{ ref('int_law__aca_shared_person') }} as shared
  inner join {{ ref('int_law__aca_employment_span') }} as span
    on shared.company_id = span.company_id and shared.employee_id = span.employee_id
  inner join {{ ref('int_law__aca_month') }} as month_of_year
    on span.span_start <= month_of_year.month_end and span.span_end >= month_of_year.month_start
  where shared.from_date <= month_of_year.month_end and shared.to_date >= month_of_year.month_start
  group by shared.company_id, shared.employee_id, shared.group_name, shared.person_key, month_of_year.month_start
),

ranked as (
  select
    worked.company_id, worked.employee_id, worked.month_start,
    count(*) over (partition by worked.group_name, worked.person_key, worked.month_start) as member_count,
    count(hours.credited_hours) over (partition by worked.group_name, worked.person_key, worked.month_start) as hours_count,
    row_number() over (
      partition by worked.group_name, worked.person_key, worked.month_start
      order by hours.credited_hours desc, worked.company_id
    ) as place
  from worked
  left join {{ ref('int_law__aca_hours_month') }} as hours
    on worked.company_id = hours.company_id and worked.employee_id = hours.employee_id and worked.month_start = hours.month_start
)

select
  company_id, employee_id, month_start,
  max(case when hours_count < member_count then 1 else 0 end) = 1 as is_unknown
from ranked
where member_count > 1 and (hours_count < member_count or place > 1)
group by company_id, employee_id, month_start
