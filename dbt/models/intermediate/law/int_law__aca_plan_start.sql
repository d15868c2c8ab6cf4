with touched as (
  select company_id, employee_id, benefit_plan_id, offered_from as from_date, offered_to as to_date
  from {{ ref('int_law__aca_offer') }}
  where is_mec
  union all
  select company_id, employee_id, benefit_plan_id, covered_from as from_date, covered_to as to_date
  from {{ ref('int_law__aca_coverage') }}
  where is_mec
),

year_in_scope as (
  select tax_year, min(month_start) as year_start, max(month_end) as year_end
  from {{ ref('int_law__aca_month') }}
  group by tax_year
),

touched_year as (
  select
    touched.company_id, touched.employee_id, touched.benefit_plan_id, year_in_scope.tax_year,
    {{ later('touched.from_date', 'year_in_scope.year_start') }} as from_date,
    {{ earlier('touched.to_date', 'year_in_scope.year_end') }} as to_date
  from touched
  inner join year_in_scope on touched.from_date <= year_in_scope.year_end and touched.to_date >= year_in_scope.year_start
),

with_plan_year as (
  select
    touched_year.company_id, touched_year.employee_id, touched_year.tax_year,
    plan_year.start_date
  from touched_year
  left join {{ ref('stg_hr__plan_year') }} as plan_year
    on touched_year.benefit_plan_id = plan_year.benefit_plan_id
    and plan_year.start_date <= touched_year.to_date and plan_year.end_date >= touched_year.from_date
)

select
  company_id, employee_id, tax_year,
  min(start_date) as plan_year_start,
  max(case when start_date is null then 1 else 0 end) = 1 as has_plan_without_year
from with_plan_year
group by company_id, employee_id, tax_year
