{{ config(materialized='ephemeral') }}

{# Most people have one enrollment in a plan: it bears every month it covers. Only where there are several is the
   bearing one ranked. The two are expanded apart, so that nothing as long as person-months is held twice. #}
{% set kept = 'enrollment_id, company_id, employee_id, person_key, benefit_plan_id, provider_config_id, level_code, is_response_conflict' -%}
with coverage as (
  select
    *,
    count(*) over (partition by company_id, coalesce(person_key, enrollment_id), benefit_plan_id) > 1 as has_sibling
  from {{ ref('int_enrollment__coverage_interval') }}
  where is_covered
),

spine as (
  select * from {{ ref('int_enrollment__month') }}
  where month_start <= {{ as_of() }}
),

{% for name, condition in [('alone', 'not coverage.has_sibling'), ('several', 'coverage.has_sibling')] %}
{{ name }} as (
  select
    coverage.*,
    spine.month_start,
    spine.month_end,
    spine.year,
    spine.month,
    case when coverage.covered_from > spine.month_start then coverage.covered_from else spine.month_start end as first_day
  from coverage
  inner join spine
    on coverage.covered_from <= spine.month_end
    and {{ open_end('coverage.covered_to') }} >= spine.month_start
  where {{ condition }}
),
{% endfor %}
dated as (
  select
    *,
    min(first_day) over (
      partition by company_id, coalesce(person_key, enrollment_id), benefit_plan_id, month_start
    ) as bearing_day
  from several
),

ranked as (
  select
    *,
    row_number() over (
      partition by company_id, coalesce(person_key, enrollment_id), benefit_plan_id, month_start
      order by covered_from desc, enrollment_number desc, enrollment_id desc
    ) as place
  from dated
  where first_day = bearing_day
)

select {{ kept }}, month_start, month_end, year, month, bearing_day
from ranked
where place = 1

union all

select {{ kept }}, month_start, month_end, year, month, first_day as bearing_day
from alone
