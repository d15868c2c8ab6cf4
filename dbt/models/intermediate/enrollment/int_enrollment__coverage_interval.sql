with enrollment as (
  select * from {{ ref('stg_benefits__enrollment') }}
),

employee as (
  select employee_id, person_key from {{ ref('stg_hr__employee') }}
),

plan as (
  select benefit_plan_id, provider_config_id from {{ ref('stg_hr__benefit_plan') }}
),

alias as (
  select alias, level_code from {{ ref('code_coverage_level') }}
),

waived_offer as (
  select employee_id, benefit_plan_id, coverage_from, coverage_to
  from {{ ref('stg_hr__benefit_offer') }}
  where response = 'waived' and coverage_from <= {{ open_end('coverage_to') }}
),

interval_of_enrollment as (
  select
    enrollment.enrollment_id,
    enrollment.enrollment_number,
    enrollment.company_id,
    enrollment.employee_id,
    coalesce(employee.person_key, enrollment.employee_id) as person_key,
    enrollment.benefit_plan_id,
    coalesce(enrollment.provider_config_id, plan.provider_config_id) as provider_config_id,
    enrollment.enrollment_status,
    enrollment.enrollment_type,
    enrollment.coverage_level,
    alias.level_code,
    enrollment.coverage_start_date as covered_from,
    {{ earlier('enrollment.coverage_end_date', 'enrollment.termination_date') }} as covered_to
  from enrollment
  left join employee on enrollment.employee_id = employee.employee_id
  left join plan on enrollment.benefit_plan_id = plan.benefit_plan_id
  left join alias on {{ level_key('enrollment.coverage_level') }} = alias.alias
),

judged as (
  select
    *,
    coalesce(
      enrollment_status in ('Active', 'Terminated', 'Approved')
      and covered_from <= {{ open_end('covered_to') }},
      false
    ) as is_covered
  from interval_of_enrollment
),

conflict as (
  select judged.enrollment_id
  from judged
  inner join waived_offer
    on judged.employee_id = waived_offer.employee_id
    and judged.benefit_plan_id = waived_offer.benefit_plan_id
  where judged.is_covered
    and judged.covered_from <= {{ open_end('waived_offer.coverage_to') }}
    and {{ open_end('judged.covered_to') }} >= waived_offer.coverage_from
  group by judged.enrollment_id
)

select
  judged.enrollment_id,
  judged.enrollment_number,
  judged.company_id,
  judged.employee_id,
  judged.person_key,
  judged.benefit_plan_id,
  judged.provider_config_id,
  judged.enrollment_status,
  judged.enrollment_type,
  judged.coverage_level,
  judged.level_code,
  judged.covered_from,
  judged.covered_to,
  judged.is_covered,
  conflict.enrollment_id is not null as is_response_conflict
from judged
left join conflict on judged.enrollment_id = conflict.enrollment_id
