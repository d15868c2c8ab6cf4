with guideline as (
  select
    tax_year as guideline_year,
    {{ add_days('make_date(tax_year, 1, 1)', 'fpl_effective_day_of_year - 1') }} as effective_date,
    fpl_single_mainland, fpl_single_alaska, fpl_single_hawaii
  from {{ ref('int_law__by_tax_year') }}
),

in_force as (
  select
    guideline.*,
    coalesce(lead(effective_date) over (order by guideline_year), cast('9999-12-31' as date)) as next_date
  from guideline
),

plan_start as (
  select start_date from {{ ref('stg_hr__plan_year') }} group by start_date
),

admissible as (
  select
    plan_start.start_date,
    in_force.guideline_year,
    in_force.fpl_single_mainland, in_force.fpl_single_alaska, in_force.fpl_single_hawaii,
    in_force.effective_date <= plan_start.start_date and in_force.next_date > plan_start.start_date as is_at_start
  from plan_start
  inner join in_force
    on in_force.effective_date <= plan_start.start_date
    and in_force.next_date > {{ add_months('plan_start.start_date', -6) }}
)

select
  admissible.start_date as plan_year_start,
  law.required_contribution_pct,
  {%- for area in ['mainland', 'alaska', 'hawaii'] %}
  max(admissible.fpl_single_{{ area }}) as highest_{{ area }},
  max(case when admissible.is_at_start then admissible.fpl_single_{{ area }} end) as at_start_{{ area }}{{ ',' if not loop.last }}
  {%- endfor %}
from admissible
inner join {{ ref('int_law__by_tax_year') }} as law on year(admissible.start_date) = law.tax_year
group by admissible.start_date, law.required_contribution_pct
