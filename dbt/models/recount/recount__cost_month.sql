{{ config(materialized='table') }}

{# What each person's plan costs in a month: the enrollment in force on the 1st, else the first to start, bears it. #}
with bounds as (
  select min(period_start) as first_day, max(month_start) as last_day from {{ ref('recount__window') }}
),

months as (
  {{ month_spine('bounds', 'first_day', 'last_day') }}
),

owned_coverage as (
  select *, coalesce(person, enrollment_id) as owner, coalesce(benefit_plan_id, '') as owned
  from {{ ref('recount__coverage') }}
),

{# few enrollments can share a month with another one, or with two jobs: only their months are ranked #}
contested as (
  select one.enrollment_id
  from owned_coverage as one
  inner join owned_coverage as other
    on one.company_id = other.company_id
    and one.owner = other.owner
    and one.owned = other.owned
    and one.enrollment_id <> other.enrollment_id
    and {{ month_start('one.first_day') }} <= other.last_day
    and {{ month_start('other.first_day') }} <= one.last_day
  union
  select coverage.enrollment_id
  from owned_coverage as coverage
  inner join {{ ref('stg_hr__employment_period') }} as one on coverage.employee_id = one.employee_id
  inner join {{ ref('stg_hr__employment_period') }} as other
    on one.employee_id = other.employee_id
    and one.employment_period_id <> other.employment_period_id
    and one.start_date <= {{ open_end('other.end_date') }}
    and other.start_date <= {{ open_end('one.end_date') }}
),

covered as (
  select
    {% for column in ['enrollment_id', 'enrollment_number', 'company_id', 'employee_id', 'owner', 'owned', 'benefit_plan_id',
      'provider_config_id', 'coverage_level', 'contribution_frequency', 'employee_contribution_amount',
      'employer_contribution_amount', 'plan_kind', 'is_modelled', 'first_day'] -%}
    coverage.{{ column }},
    {% endfor -%}
    contested.enrollment_id is not null as is_contested,
    months.month_start,
    case when coverage.first_day < months.month_start then months.month_start else coverage.first_day end as bearing_day
  from owned_coverage as coverage
  left join contested on coverage.enrollment_id = contested.enrollment_id
  inner join months
    on coverage.first_day <= {{ month_end('months.month_start') }}
    and coverage.last_day >= months.month_start
),

employed as (
  select
    covered.*,
    job.department_id,
    job.contribution_class,
    job.pay_frequency,
    job.start_date,
    job.employment_period_id
  from covered
  left join {{ ref('stg_hr__employment_period') }} as job
    on covered.employee_id = job.employee_id
    and covered.bearing_day between job.start_date and {{ open_end('job.end_date') }}
),

ranked as (
  select
    *,
    row_number() over (
      partition by company_id, owner, owned, month_start
      order by bearing_day, first_day desc, enrollment_number desc, enrollment_id desc, start_date desc, employment_period_id desc
    ) as place
  from employed
  where is_contested
),

bearing as (
  select *, 1 as place from employed where not is_contested
  union all
  select * from ranked where place = 1
),

rate as (
  select
    bearing.enrollment_id,
    bearing.month_start,
    price.total_premium_monthly,
    row_number() over (
      partition by bearing.enrollment_id, bearing.month_start
      order by case when price.contribution_class is null then 1 else 0 end, price.from_date desc, price.plan_rate_id desc
    ) as place
  from bearing
  inner join {{ ref('code_coverage_level') }} as own_level on {{ level_key('bearing.coverage_level') }} = own_level.alias
  inner join {{ ref('stg_hr__plan_rate') }} as price on bearing.benefit_plan_id = price.benefit_plan_id
  inner join {{ ref('code_coverage_level') }} as price_level
    on {{ level_key('price.coverage_level') }} = price_level.alias
    and own_level.level_code = price_level.level_code
  where bearing.is_modelled
    and not coalesce(price.is_tobacco_user, false)
    and (price.contribution_class is null or price.contribution_class = bearing.contribution_class)
    and bearing.bearing_day between price.from_date and {{ open_end('price.to_date') }}
),

calendar as (
  select company_id, pay_frequency, year(pay_date) as calendar_year, count(distinct pay_date) as pay_dates
  from {{ ref('stg_hr__pay_calendar') }}
  group by company_id, pay_frequency, year(pay_date)
),

priced as (
  select
    bearing.*,
    kind.cost_category,
    kind.benefit_type,
    kind.is_savings,
    calendar.pay_dates,
    rate.total_premium_monthly as premium
  from bearing
  left join {{ ref('code_benefit_type') }} as kind on bearing.plan_kind = kind.plan_benefit_type
  left join calendar
    on bearing.company_id = calendar.company_id
    and bearing.pay_frequency = calendar.pay_frequency
    and year(bearing.month_start) = calendar.calendar_year
  left join rate
    on bearing.enrollment_id = rate.enrollment_id
    and bearing.month_start = rate.month_start
    and rate.place = 1
),

paid as (
  select
    *,
    {{ recount_of_month('employee_contribution_amount') }} as employee_paid,
    {{ recount_of_month('employer_contribution_amount') }} as employer_paid
  from priced
),

cost as (
  select
    *,
    case when is_savings then 0 when not is_savings then employee_paid end as employee_cost,
    case when is_modelled then premium - employee_paid else employer_paid end as employer_cost
  from paid
)

select
  employee_id,
  company_id,
  provider_config_id,
  department_id,
  cost_category,
  benefit_type,
  month_start,
  cast(employee_cost as decimal(18,2)) as employee_cost,
  cast(employer_cost as decimal(18,2)) as employer_cost,
  cast(case when is_modelled then premium else employee_cost + employer_cost end as decimal(18,2)) as total_cost
from cost
