{{ config(materialized='view') }}

{# A view over published intervals: a page asks for one month of one company, and only that is expanded. #}
with spine as (
  select month_start, month_end
  from {{ ref('dim_month') }}
  where is_reported and {{ months_apart('month_start', as_of()) }} <= 12
),

enrollment as (
  select * from {{ ref('fct_enrollment') }}
),

in_force as (
  select
    enrollment.*,
    spine.month_start,
    spine.month_end as period_end,
    'covered' as census_status,
    -- only what is covered has a cost: keys of their own keep the joins below on equality
    enrollment.enrollment_id as costed_enrollment_id,
    enrollment.person_key as costed_person_key
  from enrollment
  inner join spine
    on enrollment.covered_from <= spine.month_end
    and {{ open_end('enrollment.covered_to') }} >= spine.month_end
  where enrollment.is_covered

  union all

  select
    enrollment.*,
    spine.month_start,
    spine.month_end as period_end,
    'pending' as census_status,
    cast(null as string) as costed_enrollment_id,
    cast(null as string) as costed_person_key
  from enrollment
  inner join spine
    on {{ month_start(as_of()) }} = spine.month_start
  where enrollment.enrollment_status in ('Pending', 'Submitted', 'On Hold')
    and coalesce(enrollment.covered_from <= {{ open_end('enrollment.covered_to') }}, true)
),

placed as (
  select
    in_force.*,
    employment.employment_period_id,
    employment.department_id,
    employment.employment_class
  from in_force
  left join {{ ref('fct_employment_segment') }} as employment
    on in_force.employee_id = employment.employee_id
    and in_force.period_end >= employment.segment_from
    and in_force.period_end <= {{ open_end('employment.segment_to') }}
),

costed as (
  select
    placed.*,
    bearer.enrollment_id is not null and cost.enrollment_id is null as is_borne_elsewhere,
    cost.missing_input,
    {{ month_cost('cost', 'placed.month_start') }}
  from placed
  left join {{ ref('fct_cost_span') }} as cost
    on placed.costed_enrollment_id = cost.enrollment_id
    and placed.month_start >= cost.month_from
    and placed.month_start <= cost.month_to
  left join {{ ref('fct_cost_span') }} as bearer
    on placed.company_id = bearer.company_id
    and placed.costed_person_key = bearer.person_key
    and placed.benefit_plan_id = bearer.benefit_plan_id
    and placed.month_start >= bearer.month_from
    and placed.month_start <= bearer.month_to
)

select
  {{ uuid5(['enrollment_id', 'cast(period_end as string)']) }} as census_month_id,
  company_id,
  period_end,
  enrollment_id,
  enrollment_number,
  employee_id,
  person_key,
  benefit_plan_id,
  provider_config_id,
  department_id,
  employment_class,
  employment_period_id is not null as is_employed,
  census_status,
  enrollment_status,
  enrollment_type,
  coverage_level,
  level_code,
  covered_from,
  covered_to,
  is_response_conflict,
  cast(case when is_borne_elsewhere then 0 else employee_cost end as decimal(18,2)) as employee_amount,
  cast(case when is_borne_elsewhere then 0 else employer_cost end as decimal(18,2)) as employer_amount,
  cast(case when is_borne_elsewhere then 0 else total_cost end as decimal(18,2)) as total_amount,
  cast(case when is_borne_elsewhere then 0 else employee_savings end as decimal(18,2)) as savings_amount,
  case
    when census_status = 'pending' then null
    when is_borne_elsewhere then 'measured'
    else coalesce(total_cost_status, 'not_measured')
  end as amount_status,
  missing_input
from costed
