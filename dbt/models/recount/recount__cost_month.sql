{{ config(materialized='table') }}

{# What each person's plan costs in a month: the enrollment in force on the 1st, else the first to start, bears it. #}
{%- set own = ['employee_id', 'company_id', 'benefit_plan_id', 'provider_config_id', 'coverage_level', 'contribution_frequency',
  'employee_contribution_amount', 'employer_contribution_amount', 'plan_kind', 'is_modelled'] -%}
{%- set bearing_day = 'case when coverage.first_day < months.month_start then months.month_start else coverage.first_day end' %}
{%- set each_month -%}
  inner join months on coverage.first_day <= {{ month_end('months.month_start') }} and coverage.last_day >= months.month_start
{%- endset %}
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

{# the months of all others follow from themselves: they are read once, and never held #}
alone as (
  select
    {% for column in own %}coverage.{{ column }}, {% endfor %}
    months.month_start,
    {{ bearing_day }} as bearing_day
  from {{ ref('recount__coverage') }} as coverage
  left join contested on coverage.enrollment_id = contested.enrollment_id
  {{ each_month }}
  where contested.enrollment_id is null
),

disputed as (
  select
    {% for column in own %}coverage.{{ column }}, {% endfor %}
    months.month_start,
    {{ bearing_day }} as bearing_day,
    coverage.owner,
    coverage.owned,
    coverage.first_day,
    coverage.enrollment_number,
    coverage.enrollment_id
  from owned_coverage as coverage
  inner join contested on coverage.enrollment_id = contested.enrollment_id
  {{ each_month }}
),

ranked as (
  select
    disputed.*,
    job.department_id,
    job.contribution_class,
    job.pay_frequency,
    row_number() over (
      partition by disputed.company_id, disputed.owner, disputed.owned, disputed.month_start
      order by
        disputed.bearing_day, disputed.first_day desc, disputed.enrollment_number desc, disputed.enrollment_id desc,
        job.start_date desc, job.employment_period_id desc
    ) as place
  from disputed
  left join {{ ref('stg_hr__employment_period') }} as job
    on disputed.employee_id = job.employee_id
    and disputed.bearing_day between job.start_date and {{ open_end('job.end_date') }}
),

bearing as (
  select
    {% for column in own %}alone.{{ column }}, {% endfor %}
    alone.month_start, alone.bearing_day, job.department_id, job.contribution_class, job.pay_frequency
  from alone
  left join {{ ref('stg_hr__employment_period') }} as job
    on alone.employee_id = job.employee_id
    and alone.bearing_day between job.start_date and {{ open_end('job.end_date') }}
  union all
  select
    {% for column in own %}{{ column }}, {% endfor %}
    month_start, bearing_day, department_id, contribution_class, pay_frequency
  from ranked
  where place = 1
),

{# a rate follows from plan, level, class and day: few of them, asked once for everybody #}
asked as (
  select distinct coverage.benefit_plan_id, coverage.coverage_level, {{ bearing_day }} as bearing_day
  from {{ ref('recount__coverage') }} as coverage
  {{ each_month }}
  where coverage.is_modelled
),

class as (
  select contribution_class from {{ ref('stg_hr__employment_period') }}
  union
  select cast(null as string) as contribution_class
),

rate as (
  select
    asked.benefit_plan_id,
    asked.coverage_level,
    asked.bearing_day,
    class.contribution_class,
    price.total_premium_monthly,
    row_number() over (
      partition by asked.benefit_plan_id, asked.coverage_level, asked.bearing_day, class.contribution_class
      order by case when price.contribution_class is null then 1 else 0 end, price.from_date desc, price.plan_rate_id desc
    ) as place
  from asked
  cross join class
  inner join {{ ref('code_coverage_level') }} as own_level on {{ level_key('asked.coverage_level') }} = own_level.alias
  inner join {{ ref('stg_hr__plan_rate') }} as price on asked.benefit_plan_id = price.benefit_plan_id
  inner join {{ ref('code_coverage_level') }} as price_level
    on {{ level_key('price.coverage_level') }} = price_level.alias
    and own_level.level_code = price_level.level_code
  where not coalesce(price.is_tobacco_user, false)
    and (price.contribution_class is null or price.contribution_class = class.contribution_class)
    and asked.bearing_day between price.from_date and {{ open_end('price.to_date') }}
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
    on bearing.is_modelled
    and bearing.benefit_plan_id = rate.benefit_plan_id
    and bearing.coverage_level = rate.coverage_level
    and bearing.bearing_day = rate.bearing_day
    and bearing.contribution_class is not distinct from rate.contribution_class
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
