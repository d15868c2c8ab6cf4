{# Coverage stays intervals. Only where two enrollments of one person in one plan share a month is that month looked at
   by itself, to rank which of them bears it. #}
{% set kept = 'enrollment_id, company_id, employee_id, person_key, benefit_plan_id, provider_config_id, level_code, is_response_conflict, covered_from' -%}
{% set owner = 'company_id, coalesce(person_key, enrollment_id), benefit_plan_id' -%}
with spine as (
  select * from {{ ref('int_enrollment__month') }}
  where month_start <= {{ as_of() }}
),

coverage as (
  select
    *,
    {{ month_start('covered_from') }} as month_from,
    case when {{ open_end('covered_to') }} < {{ as_of_month_end() }}
      then {{ month_start('covered_to') }} else {{ month_start(as_of()) }} end as month_to
  from {{ ref('int_enrollment__coverage_interval') }}
  where is_covered and covered_from <= {{ as_of_month_end() }}
),

marked as (
  select
    *,
    coalesce(max(month_to) over (
      partition by {{ owner }} order by month_from, enrollment_id rows between unbounded preceding and 1 preceding
    ) >= month_from, false)
    or coalesce(lead(month_from) over (partition by {{ owner }} order by month_from, enrollment_id) <= month_to, false)
      as has_rival
  from coverage
),

contested as (
  select
    marked.*,
    spine.month_start,
    case when marked.covered_from > spine.month_start then marked.covered_from else spine.month_start end as first_day
  from marked
  inner join spine on spine.month_start between marked.month_from and marked.month_to
  where marked.has_rival
),

dated as (
  select *, min(first_day) over (partition by {{ owner }}, month_start) as bearing_day
  from contested
),

ranked as (
  select
    *,
    row_number() over (
      partition by {{ owner }}, month_start order by covered_from desc, enrollment_number desc, enrollment_id desc
    ) as place
  from dated
  where first_day = bearing_day
)

select {{ kept }}, month_start as month_from, month_start as month_to
from ranked
where place = 1

union all

select {{ kept }}, month_from, month_to
from marked
where not has_rival
