with rate as (
  select
    plan_rate.plan_rate_id,
    plan_rate.benefit_plan_id,
    alias.level_code,
    coalesce(plan_rate.contribution_class, '') as class_key,
    plan_rate.from_date,
    plan_rate.to_date,
    plan_rate.total_premium_monthly
  from {{ ref('stg_hr__plan_rate') }} as plan_rate
  inner join {{ ref('code_coverage_level') }} as alias
    on {{ level_key('plan_rate.coverage_level') }} = alias.alias
  where not coalesce(plan_rate.is_tobacco_user, false)
    and plan_rate.from_date <= {{ open_end('plan_rate.to_date') }}
),

edge as (
  select benefit_plan_id, level_code, class_key, from_date as day from rate
  union
  select benefit_plan_id, level_code, class_key, {{ add_days('to_date', 1) }} as day
  from rate where to_date is not null
),

segment as (
  select
    benefit_plan_id,
    level_code,
    class_key,
    day as segment_from,
    {{ add_days('lead(day) over (partition by benefit_plan_id, level_code, class_key order by day)', -1) }} as segment_to
  from edge
),

ranked as (
  select
    segment.*,
    rate.total_premium_monthly,
    row_number() over (
      partition by segment.benefit_plan_id, segment.level_code, segment.class_key, segment.segment_from
      order by rate.from_date desc, rate.plan_rate_id desc
    ) as place
  from segment
  inner join rate
    on segment.benefit_plan_id = rate.benefit_plan_id
    and segment.level_code = rate.level_code
    and segment.class_key = rate.class_key
    and rate.from_date <= segment.segment_from
    and {{ open_end('rate.to_date') }} >= segment.segment_from
)

select benefit_plan_id, level_code, class_key, segment_from, {{ open_end('segment_to') }} as segment_to, total_premium_monthly
from ranked
where place = 1
