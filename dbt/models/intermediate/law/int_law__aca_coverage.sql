with hours_basis as (
  select basis.coverage_basis_id
  from {{ ref('stg_hr__coverage_basis') }} as basis
  inner join {{ ref('stg_benefits__enrollment') }} as enrollment on basis.enrollment_id = enrollment.enrollment_id
  inner join {{ ref('stg_hr__benefit_offer') }} as offer
    on enrollment.company_id = offer.company_id and enrollment.employee_id = offer.employee_id
    and offer.coverage_from <= basis.from_date and {{ open_end('offer.coverage_to') }} >= basis.from_date
  inner join {{ ref('int_law__aca_employment_span') }} as span
    on enrollment.company_id = span.company_id and enrollment.employee_id = span.employee_id
    and span.span_start <= basis.from_date and span.span_end >= basis.from_date
  where basis.basis = 'cobra' and offer.reason = 'cobra_hours'
  group by basis.coverage_basis_id
),

basis as (
  select basis.enrollment_id, min(basis.from_date) as inactive_from
  from {{ ref('stg_hr__coverage_basis') }} as basis
  left join hours_basis on basis.coverage_basis_id = hours_basis.coverage_basis_id
  where basis.basis <> 'active' and hours_basis.coverage_basis_id is null
  group by basis.enrollment_id
)

select
  coverage.enrollment_id,
  coverage.company_id,
  coverage.employee_id,
  coverage.benefit_plan_id,
  coverage.covered_from,
  {{ open_end('coverage.covered_to') }} as covered_to,
  {{ earlier(open_end('coverage.covered_to'), add_days('basis.inactive_from', -1)) }} as active_to,
  coverage.is_response_conflict,
  {{ is_ichra('plan') }} as is_ichra,
  case when {{ is_ichra('plan') }} then true else plan.is_mec end as is_mec,
  {{ is_own_coverage('plan') }} as is_self_insured,
  case
    when plan.benefit_plan_id is null then 'plan_absent'
    when plan.is_mec is null and not {{ is_ichra('plan') }} then 'plan_essential'
    when coverage.is_response_conflict then 'response_conflict'
  end as coverage_reason
from {{ ref('int_enrollment__coverage_interval') }} as coverage
left join {{ ref('stg_hr__benefit_plan') }} as plan on coverage.benefit_plan_id = plan.benefit_plan_id
left join basis on coverage.enrollment_id = basis.enrollment_id
where coverage.is_covered
  and (plan.benefit_plan_id is null or plan.benefit_type in ('health', 'ichra') or plan.is_mec or plan.is_ichra)
