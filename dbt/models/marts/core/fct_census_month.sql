with spine as (
  select month_start, month_end
  from {{ ref('int_enrollment__month') }}
  where month_start <= {{ as_of() }}
    and {{ months_apart('month_start', as_of()) }} <= 12
),

coverage as (
  select * from {{ ref('int_enrollment__coverage_interval') }}
),

cost as (
  select * from {{ ref('int_cost__enrollment_month') }}
),

bearer as (
  select company_id, person_key, benefit_plan_id, month_start
  from cost
  group by company_id, person_key, benefit_plan_id, month_start
),

in_force as (
  select
    coverage.*,
    spine.month_start,
    spine.month_end as period_end,
    'covered' as census_status
  from coverage
  inner join spine
    on coverage.covered_from <= spine.month_end
    and {{ open_end('coverage.covered_to') }} >= spine.month_end
  where coverage.is_covered

  union all

  select
    coverage.*,
    spine.month_start,
    spine.month_end as period_end,
    'pending' as census_status
  from coverage
  inner join spine
    on {{ month_start(as_of()) }} = spine.month_start
  where coverage.enrollment_status in ('Pending', 'Submitted', 'On Hold')
    and coalesce(coverage.covered_from <= {{ open_end('coverage.covered_to') }}, true)
),

placed as (
  select
    in_force.*,
    -- only what is covered has a cost: a key of its own keeps the joins below on equality alone
    case when in_force.census_status = 'covered' then in_force.enrollment_id end as costed_enrollment_id,
    case when in_force.census_status = 'covered' then in_force.person_key end as costed_person_key,
    segment.employment_period_id,
    segment.department_id
  from in_force
  left join {{ ref('int_enrollment__employment_segment') }} as segment
    on in_force.employee_id = segment.employee_id
    and in_force.period_end >= segment.segment_from
    and in_force.period_end <= {{ open_end('segment.segment_to') }}
),

employment as (
  select employment_period_id, employment_class
  from {{ ref('int_enrollment__employment_interval') }}
)

select
  {{ uuid5(['placed.enrollment_id', 'cast(placed.period_end as string)']) }} as census_month_id,
  placed.company_id,
  placed.period_end,
  placed.enrollment_id,
  placed.enrollment_number,
  placed.employee_id,
  placed.person_key,
  placed.benefit_plan_id,
  placed.provider_config_id,
  placed.department_id,
  employment.employment_class,
  placed.employment_period_id is not null as is_employed,
  placed.census_status,
  placed.enrollment_status,
  placed.enrollment_type,
  placed.coverage_level,
  placed.level_code,
  placed.covered_from,
  placed.covered_to,
  placed.is_response_conflict,
  cast(case when cost.enrollment_id is null and bearer.company_id is not null then 0 else cost.employee_cost end as decimal(18,2)) as employee_amount,
  cast(case when cost.enrollment_id is null and bearer.company_id is not null then 0 else cost.employer_cost end as decimal(18,2)) as employer_amount,
  cast(case when cost.enrollment_id is null and bearer.company_id is not null then 0 else cost.total_cost end as decimal(18,2)) as total_amount,
  cast(case when cost.enrollment_id is null and bearer.company_id is not null then 0 else cost.employee_savings end as decimal(18,2)) as savings_amount,
  case
    when placed.census_status = 'pending' then null
    when cost.enrollment_id is null and bearer.company_id is not null then 'measured'
    else coalesce(cost.total_cost_status, 'not_measured')
  end as amount_status,
  cost.missing_input
from placed
left join employment on placed.employment_period_id = employment.employment_period_id
left join cost
  on placed.costed_enrollment_id = cost.enrollment_id
  and placed.month_start = cost.month_start
left join bearer
  on placed.company_id = bearer.company_id
  and placed.costed_person_key = bearer.person_key
  and placed.benefit_plan_id = bearer.benefit_plan_id
  and placed.month_start = bearer.month_start
