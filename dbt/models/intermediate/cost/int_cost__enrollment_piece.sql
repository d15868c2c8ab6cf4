{# A span is cut where a year begins and where employment or a rate changes. The first covered day of a month bears it,
   so what changes in mid-month counts from the month after. #}
with plan as (
  select
    benefit_plan.benefit_plan_id,
    kind.cost_category,
    kind.benefit_type,
    kind.is_savings,
    coalesce(benefit_plan.benefit_type = 'health' and coalesce(benefit_plan.is_self_insured, false), false) as is_modelled
  from {{ ref('stg_hr__benefit_plan') }} as benefit_plan
  left join {{ ref('code_benefit_type') }} as kind
    on benefit_plan.benefit_type = kind.plan_benefit_type
),

span as (
  select
    bearing.*,
    plan.cost_category,
    plan.benefit_type,
    plan.is_savings,
    coalesce(plan.is_modelled, false) as is_modelled,
    -- only what is modelled has a rate: a key of its own keeps the joins on equality alone
    case when plan.is_modelled then bearing.level_code end as rated_level
  from {{ ref('int_cost__bearing_span') }} as bearing
  left join plan on bearing.benefit_plan_id = plan.benefit_plan_id
),

employment_change as (
  select employee_id, segment_from as day from {{ ref('int_enrollment__employment_segment') }}
  union all
  select employee_id, {{ add_days('segment_to', 1) }} as day
  from {{ ref('int_enrollment__employment_segment') }}
  where segment_to is not null
),

rate_change as (
  select benefit_plan_id, level_code, segment_from as day from {{ ref('int_cost__rate_segment') }}
  union all
  select benefit_plan_id, level_code, {{ add_days('segment_to', 1) }} as day
  from {{ ref('int_cost__rate_segment') }}
  where segment_to < cast('9999-12-31' as date)
),

cut as (
  select enrollment_id, month_from as span_from, month_from as month from span
  union
  select span.enrollment_id, span.month_from as span_from, spine.month_start as month
  from span
  inner join {{ ref('int_enrollment__month') }} as spine
    on spine.month_start > span.month_from and spine.month_start <= span.month_to
  where spine.month = 1
  {% for change, keys in [
    ('employment_change', [('employee_id', 'employee_id')]),
    ('rate_change', [('benefit_plan_id', 'benefit_plan_id'), ('rated_level', 'level_code')]),
  ] -%}
  union
  select span.enrollment_id, span.month_from as span_from, {{ first_month_from('change.day') }} as month
  from span
  inner join {{ change }} as change
    on {% for ours, theirs in keys %}span.{{ ours }} = change.{{ theirs }} and {% endfor -%}
    change.day > span.month_from and change.day <= span.month_to
  {% endfor -%}
),

piece as (
  select
    enrollment_id,
    span_from,
    month as month_from,
    lead(month) over (partition by enrollment_id, span_from order by month) as next_from
  from cut
)

select
  span.enrollment_id,
  span.company_id,
  span.employee_id,
  span.person_key,
  span.benefit_plan_id,
  span.provider_config_id,
  span.rated_level,
  span.is_response_conflict,
  span.cost_category,
  span.benefit_type,
  span.is_savings,
  span.is_modelled,
  span.covered_from,
  piece.month_from,
  case when piece.next_from is null then span.month_to else {{ add_months('piece.next_from', -1) }} end as month_to,
  case when span.covered_from > piece.month_from then span.covered_from else piece.month_from end as bearing_day
from piece
inner join span on piece.enrollment_id = span.enrollment_id and piece.span_from = span.month_from
