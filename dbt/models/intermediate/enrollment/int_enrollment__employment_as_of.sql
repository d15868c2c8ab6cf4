with employment as (
  select * from {{ ref('int_enrollment__employment_interval') }}
  where start_date <= {{ as_of() }}
),

ranked as (
  select
    *,
    row_number() over (
      partition by employee_id order by start_date desc, employment_period_id desc
    ) as place
  from employment
)

select
  employee_id,
  start_date,
  end_date,
  employment_class,
  department_id,
  region_id,
  pay_frequency,
  end_reason,
  {{ open_end('end_date') }} >= {{ as_of() }} as is_employed
from ranked
where place = 1
