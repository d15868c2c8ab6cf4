with plan_year as (
  select plan_year_id, year(start_date) as plan_year, end_date from {{ ref('stg_hr__plan_year') }}
),

law as (
  select * from {{ ref('int_law__form_5500_year') }}
),

due as (
  select
    plan_year.plan_year_id,
    last_day({{ add_months(month_start('plan_year.end_date'), 'law.due_month') }}) as due_nominal_date,
    law.extension_month,
    law.extension_day
  from plan_year
  inner join law on plan_year.plan_year = law.plan_year
),

nominal as (
  select plan_year_id, 'due' as kind, due_nominal_date as nominal_date from due
  union all
  select
    plan_year_id,
    'extended' as kind,
    {{ add_days(add_months(month_start('due_nominal_date'), 'extension_month'), 'extension_day - 1') }} as nominal_date
  from due
),

business as (
  {{ business_dates('nominal', ['plan_year_id', 'kind']) }}
)

select
  plan_year_id,
  max(case when kind = 'due' then nominal_date end) as due_nominal_date,
  max(case when kind = 'due' then business_date end) as due_date,
  max(case when kind = 'extended' then business_date end) as extended_due_date
from business
group by plan_year_id
