with component as (
  select * from {{ ref('int_law__form_5500_component') }} where is_filing_plan
),

plan_year as (
  select plan_year_id, benefit_plan_id, year(start_date) as plan_year, start_date, end_date
  from {{ ref('stg_hr__plan_year') }}
  where start_date <= {{ as_of() }}
),

law as (
  select * from {{ ref('int_law__form_5500_year') }}
),

first_year as (
  select min(plan_year) as plan_year from law
),

penalty as (
  select tax_year, value from {{ ref('law_form_5500') }} where parameter = 'late_penalty_per_day'
),

due as (
  select * from {{ ref('int_law__form_5500_due_date') }}
)

select
  {{ uuid5(["'form_5500'", 'component.benefit_plan_id', 'plan_year.start_date']) }} as filing_id,
  component.company_id,
  component.benefit_plan_id,
  plan_year.plan_year,
  plan_year.start_date,
  plan_year.end_date,
  plan_year.end_date < {{ add_days(add_months('plan_year.start_date', '12'), '-1') }} as is_short,
  plan_year.end_date > {{ add_days(add_months('plan_year.start_date', '12'), '-1') }} as is_too_long,
  plan_year.end_date <= {{ as_of() }} as is_ended,
  component.plan_kind,
  component.part_count,
  law.small_plan_limit,
  law.line_edition,
  law.line_edition_status,
  due.due_nominal_date,
  due.due_date,
  due.extended_due_date,
  penalty.value as late_penalty_per_day
from component
inner join plan_year on component.benefit_plan_id = plan_year.benefit_plan_id
inner join first_year on plan_year.plan_year >= first_year.plan_year
left join law on plan_year.plan_year = law.plan_year
left join due on plan_year.plan_year_id = due.plan_year_id
left join penalty on year(due.due_date) = penalty.tax_year
