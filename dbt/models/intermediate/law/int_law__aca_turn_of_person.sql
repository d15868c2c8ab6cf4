{#- Each first day of a fact that a rule of a month compares with the month, and each day after a last one. -#}
{%- set first_day = 'make_date(year(' ~ as_of() ~ ') - 5, 12, 1)' -%}
{%- set last_day = year_end(as_of()) -%}
{%- set of_person = [
  ('service', 'span_start'), ('service', add_days('span_end', 1)), ('service', 'full_time_from'),
  ('service', 'waited_from'), ('service', 'changed_from'),
  ('period', 'start_date'), ('period', add_days('end_date', 1)),
  ('stated_offer', 'coverage_from'), ('stated_offer', add_days('coverage_to', 1)),
  ('offer', add_days('offered_to', 1)),
  ('coverage', 'covered_from'), ('coverage', add_days('covered_to', 1)), ('coverage', add_days('active_to', 1)),
  ('pay_start', 'from_date'), ('pay_start', 'before_end'), ('pay_end', 'day_of_turn'),
  ('relief_span', 'span_start'), ('relief_span', add_days('span_end', 1)),
  ('hours_covered', 'span_start'), ('hours_covered', add_days('span_end', 1)),
  ('hours_turn', 'day_of_turn'),
  ('initial', 'stability_from'), ('initial', add_days('stability_to', 1)), ('initial', add_days('part_time_to', 1)),
  ('adjustment', 'from_date'), ('adjustment', add_days('to_date', 1)),
  ('override', 'month_start'), ('override', add_months('month_start', 1)),
] -%}
with person_year as (
  select company_id, employee_id, employee_number, tax_year
  from {{ ref('int_law__aca_employee_year') }}
),

service as (
  select company_id, employee_id, span_start, span_end, full_time_from, waited_from, changed_from from {{ ref('int_law__aca_service') }}
),

period as (
  select company_id, employee_id, start_date, end_date from {{ ref('stg_hr__employment_period') }}
),

stated_offer as (
  select offer.company_id, offer.employee_id, offer.coverage_from, offer.coverage_to
  from {{ ref('stg_hr__benefit_offer') }} as offer
  left join {{ ref('stg_hr__benefit_plan') }} as plan on offer.benefit_plan_id = plan.benefit_plan_id
  where plan.benefit_plan_id is null or plan.benefit_type in ('health', 'ichra') or plan.is_mec or plan.is_ichra
),

offer as (
  select company_id, employee_id, offered_to from {{ ref('int_law__aca_offer') }}
),

coverage as (
  select company_id, employee_id, covered_from, covered_to, active_to from {{ ref('int_law__aca_coverage') }}
),

pay as (
  select
    company_id, employee_id, from_date, to_date, basis,
    lag(to_date) over (partition by company_id, employee_id order by from_date, to_date) as before_to,
    lag(basis) over (partition by company_id, employee_id order by from_date, to_date) as before_basis,
    lead(from_date) over (partition by company_id, employee_id order by from_date, to_date) as next_from
  from {{ ref('stg_hr__pay_rate') }}
  where from_date <= {{ open_end('to_date') }}
),

pay_start as (
  select company_id, employee_id, from_date, {{ add_days('before_to', 1) }} as before_end
  from pay
  where before_to is null or before_basis <> basis or {{ add_days('before_to', 1) }} <> from_date
),

pay_end as (
  select company_id, employee_id, {{ add_days('to_date', 1) }} as day_of_turn from pay where next_from is null
),

relief as (
  select company_id, employee_id, from_date, {{ open_end('to_date') }} as to_date
  from {{ ref('stg_hr__multiemployer_contribution') }}
  where required_by_agreement and affordable_minimum_value and dependents_offered and from_date <= {{ open_end('to_date') }}
),

relief_span as (
  {{ merged_spans('relief', ['company_id', 'employee_id'], 'from_date', 'to_date') }}
),

hours_covered as (
  select company_id, employee_id, span_start, span_end from {{ ref('int_law__aca_hours_covered') }}
),

hours_state as (
  select
    hours.company_id, hours.employee_id, hours.month_start,
    coalesce(hours.hours_reason, case when hours.credited_hours >= law.full_time_hours_month then 'yes' else 'no' end) as answer
  from {{ ref('int_law__aca_hours_month') }} as hours
  inner join {{ ref('int_law__by_tax_year') }} as law on year(hours.month_start) = law.tax_year
),

hours_run as (
  select
    hours_state.*,
    lag(month_start) over (partition by company_id, employee_id order by month_start) as before_start,
    lag(answer) over (partition by company_id, employee_id order by month_start) as before_answer,
    lead(month_start) over (partition by company_id, employee_id order by month_start) as next_start
  from hours_state
),

hours_turn as (
  select company_id, employee_id, month_start as day_of_turn
  from hours_run
  where before_start is null or before_answer <> answer or before_start <> {{ add_months('month_start', -1) }}
  union all
  select company_id, employee_id, {{ add_months('month_start', 1) }} as day_of_turn
  from hours_run
  where next_start is null or next_start <> {{ add_months('month_start', 1) }}
),

initial as (
  select company_id, employee_id, stability_from, stability_to, part_time_to from {{ ref('int_law__aca_initial_window') }}
),

adjustment as (
  select employee.company_id, stated.employee_id, stated.from_date, stated.to_date
  from {{ ref('stg_hr__contribution_adjustment') }} as stated
  inner join {{ ref('stg_hr__employee') }} as employee on stated.employee_id = employee.employee_id
),

override as (
  select person_year.company_id, person_year.employee_id, box.month_start
  from {{ ref('int_law__aca_override_key') }} as box
  inner join person_year
    on box.company_id = person_year.company_id and box.employee_number = person_year.employee_number and box.tax_year = person_year.tax_year
),

day_of_person as (
  {%- for relation, day in of_person %}
  select company_id, employee_id, {{ day }} as day_of_turn from {{ relation }}
  where {{ day }} between {{ first_day }} and {{ last_day }}
  {{ 'union all' if not loop.last }}
  {%- endfor %}
)

{{ turned_months('day_of_person', 'company_id, employee_id') }}
