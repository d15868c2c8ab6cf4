with requirement as (
  select * from {{ ref('int_law__form_5500_requirement') }}
),

plan_year as (
  select * from {{ ref('int_law__form_5500_plan_year') }}
),

plan as (
  select benefit_plan_id, plan_number, plan_name from {{ ref('dim_benefit_plan') }}
),

company as (
  select company_id, ein from {{ ref('dim_company') }}
)

select
  requirement.company_id,
  cast(requirement.plan_year as integer) as plan_year,
  requirement.filing_id,
  cast({{ digits('company.ein') }} as string) as ein,
  plan.plan_number,
  plan.plan_name,
  requirement.start_date,
  requirement.end_date,
  requirement.plan_kind,
  cast(case when requirement.plan_kind = 'welfare' then requirement.first_total end as integer) as participants_first_day,
  requirement.arrangement,
  requirement.status,
  requirement.rule,
  requirement.form,
  requirement.schedules,
  requirement.audit_report,
  requirement.summary_annual_report,
  coalesce(requirement.status_reason, requirement.reason) as reason,
  requirement.citation,
  case when requirement.form <> 'none' then plan_year.due_date end as due_date,
  case when requirement.form <> 'none' then plan_year.extended_due_date end as extended_due_date,
  cast(case when requirement.form <> 'none' then plan_year.late_penalty_per_day end as decimal(10,2)) as late_penalty_per_day
from requirement
inner join plan_year on requirement.filing_id = plan_year.filing_id
inner join plan on requirement.benefit_plan_id = plan.benefit_plan_id
inner join company on requirement.company_id = company.company_id
