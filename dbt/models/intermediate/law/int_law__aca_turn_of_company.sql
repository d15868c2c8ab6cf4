{#- As int_law__aca_turn_of_person, of what holds for everybody in a company. -#}
{%- set first_day = 'make_date(year(' ~ as_of() ~ ') - 5, 12, 1)' -%}
{%- set last_day = year_end(as_of()) -%}
{%- set of_company = [
  ('policy', 'valid_from'), ('policy', add_days('valid_to', 1)),
  ('cycle', 'stability_from'), ('cycle', add_days('stability_to', 1)), ('cycle', add_days('part_time_to', 1)),
  ('plan_fact', 'from_date'), ('plan_fact', add_days('to_date', 1)),
  ('known_turn', 'month_start'),
] -%}
with policy as (
  select company_id, valid_from, valid_to from {{ ref('int_law__aca_policy') }}
),

cycle as (
  select company_id, stability_from, stability_to, part_time_to from {{ ref('int_law__aca_standard_cycle') }}
),

offered_plan as (
  select company_id, benefit_plan_id from {{ ref('int_law__aca_offer') }} group by company_id, benefit_plan_id
),

plan_fact as (
  select offered_plan.company_id, rate.from_date, rate.to_date
  from offered_plan
  inner join {{ ref('stg_hr__plan_rate') }} as rate on offered_plan.benefit_plan_id = rate.benefit_plan_id
  union all
  select offered_plan.company_id, plan_year.start_date, plan_year.end_date
  from offered_plan
  inner join {{ ref('stg_hr__plan_year') }} as plan_year on offered_plan.benefit_plan_id = plan_year.benefit_plan_id
  union all
  select offered_plan.company_id, stated.from_date, stated.to_date
  from offered_plan
  inner join {{ ref('stg_hr__contribution_adjustment') }} as stated on offered_plan.benefit_plan_id = stated.benefit_plan_id
  where stated.employee_id is null
),

known_run as (
  select
    company_id, month_start, is_open, is_complete_employment_period, is_complete_benefit_offer, is_complete_benefits_enrollment, is_complete_hours_of_service,
    {%- for column in ['is_open', 'is_complete_employment_period', 'is_complete_benefit_offer', 'is_complete_benefits_enrollment', 'is_complete_hours_of_service'] %}
    lag({{ column }}) over (partition by company_id order by month_start) as before_{{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
  from {{ ref('int_law__aca_known_month') }}
),

known_turn as (
  select company_id, month_start
  from known_run
  where
  {%- for column in ['is_open', 'is_complete_employment_period', 'is_complete_benefit_offer', 'is_complete_benefits_enrollment', 'is_complete_hours_of_service'] %}
    {{ 'or ' if not loop.first }}{{ column }} <> before_{{ column }}
  {%- endfor %}
),

day_of_company as (
  {%- for relation, day in of_company %}
  select company_id, {{ day }} as day_of_turn from {{ relation }}
  where {{ day }} between {{ first_day }} and {{ last_day }}
  {{ 'union all' if not loop.last }}
  {%- endfor %}
)

select company_id, month_start
from ({{ turned_months('day_of_company', 'company_id') }}) as turned
group by company_id, month_start
