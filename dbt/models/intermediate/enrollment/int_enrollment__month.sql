with first_date as (
  select min(coverage_start_date) as day from {{ ref('stg_benefits__enrollment') }}
  union all
  select min(coverage_from) as day from {{ ref('stg_hr__benefit_offer') }}
  union all
  select min(start_date) as day from {{ ref('stg_hr__employment_period') }}
  union all
  select min(month) as day from {{ ref('stg_hr__benefits_budget') }}
  union all
  select {{ year_start(as_of()) }} as day
),

bounds as (
  select min(day) as first_day, {{ year_end(as_of()) }} as last_day from first_date
),

spine as (
  {{ month_spine('bounds', 'first_day', 'last_day') }}
)

select
  month_start,
  {{ month_end('month_start') }} as month_end,
  cast(year(month_start) as integer) as year,
  cast(month(month_start) as integer) as month
from spine
