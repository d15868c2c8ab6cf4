{{ config(materialized='ephemeral') }}

with bearing as (
  select * from {{ ref('int_cost__month_context') }}
  where is_modelled and level_code is not null
),

rate as (
  select
    plan_rate.plan_rate_id,
    plan_rate.benefit_plan_id,
    alias.level_code,
    plan_rate.contribution_class,
    plan_rate.from_date,
    plan_rate.to_date,
    plan_rate.total_premium_monthly
  from {{ ref('stg_hr__plan_rate') }} as plan_rate
  inner join {{ ref('code_coverage_level') }} as alias
    on {{ level_key('plan_rate.coverage_level') }} = alias.alias
  where not coalesce(plan_rate.is_tobacco_user, false)
),

wanted as (
  select benefit_plan_id, level_code, contribution_class, bearing_day
  from bearing
  group by benefit_plan_id, level_code, contribution_class, bearing_day
),

ranked as (
  select
    wanted.benefit_plan_id,
    wanted.level_code,
    wanted.contribution_class,
    wanted.bearing_day,
    rate.total_premium_monthly,
    row_number() over (
      partition by wanted.benefit_plan_id, wanted.level_code, wanted.contribution_class, wanted.bearing_day
      order by
        case when rate.contribution_class is null then 1 else 0 end,
        rate.from_date desc,
        rate.plan_rate_id desc
    ) as place
  from wanted
  inner join rate
    on wanted.benefit_plan_id = rate.benefit_plan_id
    and wanted.level_code = rate.level_code
  where rate.from_date <= wanted.bearing_day
    and {{ open_end('rate.to_date') }} >= wanted.bearing_day
    and (rate.contribution_class is null or rate.contribution_class = wanted.contribution_class)
)

select
  benefit_plan_id,
  level_code,
  coalesce(contribution_class, '') as contribution_class,
  bearing_day,
  total_premium_monthly
from ranked
where place = 1
