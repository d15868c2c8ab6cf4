{# Who has an employee record at two members of a group while both are members: hours of service for the one are hours for the
   other too, as the members are one employer, 26 CFR 54.4980H-1(a)(16), (24). #}
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
)

select
  mine.company_id, mine.employee_id, mine.group_name, mine.person_key,
  other.company_id as other_company_id, other.employee_id as other_employee_id,
  {{ later('mine.from_date', 'other.from_date') }} as from_date,
  {{ earlier('mine.to_date', 'other.to_date') }} as to_date
from person as mine
inner join person as other
  on mine.group_name = other.group_name and mine.person_key = other.person_key and mine.company_id <> other.company_id
  and mine.from_date <= other.to_date and other.from_date <= mine.to_date
group by mine.company_id, mine.employee_id, mine.group_name, mine.person_key, other.company_id, other.employee_id,
  {{ later('mine.from_date', 'other.from_date') }}, {{ earlier('mine.to_date', 'other.to_date') }}
