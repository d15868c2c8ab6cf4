with group_member as (
  select company.company_id, member.group_name, member.from_date, {{ open_end('member.to_date') }} as to_date
  from {{ ref('stg_hr__company') }} as company
  inner join {{ ref('stg_hr__ale_group_member') }} as member
    on {{ replace_all("coalesce(company.ein, '')", '[^0-9]') }} = {{ replace_all("coalesce(member.ein, '')", '[^0-9]') }}
  group by company.company_id, member.group_name, member.from_date, member.to_date
),

person as (
  select
    employee.company_id, employee.employee_id, group_member.group_name, group_member.from_date, group_member.to_date,
    coalesce(employee.person_key, nullif({{ replace_all("coalesce(employee.ssn, '')", '[^0-9]') }}, '')) as person_key
  from {{ ref('stg_hr__employee') }} as employee
  inner join group_member on employee.company_id = group_member.company_id
  where coalesce(employee.worker_type, 'employee') in ('employee', 'retiree')
),

shared as (
  select group_name, person_key
  from person
  where person_key is not null
  group by group_name, person_key
  having count(distinct company_id) > 1
),

worked as (
  select
    person.company_id, person.employee_id, person.group_name, person.person_key, month_of_year.month_start
  from person
  inner join shared on person.group_name = shared.group_name and person.person_key = shared.person_key
  inner join {{ ref('int_law__aca_employment_span') }} as span
    on person.company_id = span.company_id and person.employee_id = span.employee_id
  inner join {{ ref('int_law__aca_month') }} as month_of_year
    on span.span_start <= month_of_year.month_end and span.span_end >= month_of_year.month_start
  where person.from_date <= month_of_year.month_end and person.to_date >= month_of_year.month_start
  group by person.company_id, person.employee_id, person.group_name, person.person_key, month_of_year.month_start
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
