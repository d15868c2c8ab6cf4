with employment as (
  select * from {{ ref('int_enrollment__employment_interval') }}
),

edge as (
  select employee_id, start_date as day from employment
  union
  select employee_id, {{ add_days('end_date', 1) }} as day from employment where end_date is not null
),

segment as (
  select
    employee_id,
    day as segment_from,
    {{ add_days('lead(day) over (partition by employee_id order by day)', -1) }} as segment_to
  from edge
),

ranked as (
  select
    segment.employee_id,
    segment.segment_from,
    segment.segment_to,
    employment.employment_period_id,
    employment.department_id,
    employment.contribution_class,
    employment.pay_frequency,
    row_number() over (
      partition by segment.employee_id, segment.segment_from
      order by employment.start_date desc, employment.employment_period_id desc
    ) as place
  from segment
  inner join employment
    on segment.employee_id = employment.employee_id
    and employment.start_date <= segment.segment_from
    and {{ open_end('employment.end_date') }} >= segment.segment_from
)

select
  employee_id,
  segment_from,
  segment_to,
  employment_period_id,
  department_id,
  contribution_class,
  pay_frequency
from ranked
where place = 1
