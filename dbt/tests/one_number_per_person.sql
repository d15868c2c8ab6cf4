-- People are parted by one number (person_number): two who shared it would have each other's hours.
with person as (
  select company_id, employee_id
  from {{ ref('int_law__aca_hours_month') }}
  group by company_id, employee_id
)

select {{ person_number('person') }} as person_number, count(*) as people
from person
group by {{ person_number('person') }}
having count(*) > 1
