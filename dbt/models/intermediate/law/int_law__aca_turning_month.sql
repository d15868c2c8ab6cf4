{#- Every rule of a month compares its first or last day with days of facts, so it answers the same from the month in
   which a fact begins or has ended until the next such month. Listed: each first day, and each day after a last one.
   A day within a month turns that month and the next. Facts of the company turn the month of everybody in it. Who is
   measured without being classed full-time may become eligible in any turning month and so ends waiting some months
   after each. Who is offered an arrangement priced by age and place, is measured by weeks, or works for two members of
   a group turns every month. -#}
{%- set first_day = 'make_date(year(' ~ as_of() ~ ') - 5, 12, 1)' -%}
{%- set last_day = year_end(as_of()) -%}
{%- set of_person = [
  ('service', 'span_start'), ('service', add_days('span_end', 1)), ('service', 'full_time_from'),
  ('service', add_months(first_of_month_from('service_start'), 3)),
  ('service', add_months(first_of_month_from('full_time_from'), 3)),
  ('service', 'waited_from'),
  ('period', 'start_date'), ('period', add_days('end_date', 1)),
  ('stated_offer', 'coverage_from'), ('stated_offer', add_days('coverage_to', 1)),
  ('offer', add_days('offered_to', 1)),
  ('coverage', 'covered_from'), ('coverage', add_days('covered_to', 1)), ('coverage', add_days('active_to', 1)),
  ('pay', 'from_date'), ('pay', add_days('to_date', 1)),
  ('relief_span', 'span_start'), ('relief_span', add_days('span_end', 1)),
  ('hours_covered', 'span_start'), ('hours_covered', add_days('span_end', 1)),
  ('hours_turn', 'day_of_turn'),
  ('initial', 'stability_from'), ('initial', add_days('stability_to', 1)), ('initial', add_days('part_time_to', 1)),
  ('adjustment', 'from_date'), ('adjustment', add_days('to_date', 1)),
  ('override', 'month_start'), ('override', add_months('month_start', 1)),
] -%}
{%- set of_company = [
  ('policy', 'valid_from'), ('policy', add_days('valid_to', 1)),
  ('cycle', 'stability_from'), ('cycle', add_days('stability_to', 1)), ('cycle', add_days('part_time_to', 1)),
  ('plan_fact', 'from_date'), ('plan_fact', add_days('to_date', 1)),
  ('known_turn', 'month_start'),
] -%}
with person_year as (
  select company_id, employee_id, employee_number, tax_year, is_first_ale_year
  from {{ ref('int_law__aca_employee_year') }}
),

service as (
  select
    service.*,
    {{ add_months(first_of_month_from('case when is_expected_full_time then service_start else full_time_from end'), 'law.waiting_full_months') }} as waited_from
  from {{ ref('int_law__aca_service') }} as service
  cross join ({{ law_in_force() }}) as law
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
  select company_id, employee_id, benefit_plan_id, is_ichra, offered_to from {{ ref('int_law__aca_offer') }}
),

coverage as (
  select company_id, employee_id, covered_from, covered_to, active_to from {{ ref('int_law__aca_coverage') }}
),

pay as (
  select company_id, employee_id, from_date, to_date from {{ ref('stg_hr__pay_rate') }}
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

stated_adjustment as (
  select adjustment.employee_id, adjustment.benefit_plan_id, adjustment.from_date, adjustment.to_date
  from {{ ref('stg_hr__contribution_adjustment') }} as adjustment
),

adjustment as (
  select employee.company_id, stated_adjustment.employee_id, stated_adjustment.from_date, stated_adjustment.to_date
  from stated_adjustment
  inner join {{ ref('stg_hr__employee') }} as employee on stated_adjustment.employee_id = employee.employee_id
),

override as (
  select person_year.company_id, person_year.employee_id, box.month_start
  from {{ ref('int_law__aca_override_key') }} as box
  inner join person_year
    on box.company_id = person_year.company_id and box.employee_number = person_year.employee_number and box.tax_year = person_year.tax_year
),

policy as (
  select company_id, valid_from, valid_to from {{ ref('int_law__aca_policy') }}
),

cycle as (
  select company_id, stability_from, stability_to, part_time_to from {{ ref('int_law__aca_standard_cycle') }}
),

offered_plan as (
  select company_id, benefit_plan_id from offer group by company_id, benefit_plan_id
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
  select offered_plan.company_id, stated_adjustment.from_date, stated_adjustment.to_date
  from offered_plan
  inner join stated_adjustment on offered_plan.benefit_plan_id = stated_adjustment.benefit_plan_id
  where stated_adjustment.employee_id is null
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
  where month_start = {{ month_start(as_of()) }}
  {%- for column in ['is_open', 'is_complete_employment_period', 'is_complete_benefit_offer', 'is_complete_benefits_enrollment', 'is_complete_hours_of_service'] %}
    or {{ column }} <> before_{{ column }}
  {%- endfor %}
),

day_of_person as (
  {%- for relation, day in of_person %}
  select company_id, employee_id, {{ day }} as day_of_turn from {{ relation }}
  where {{ day }} between {{ first_day }} and {{ last_day }}
  {{ 'union all' if not loop.last }}
  {%- endfor %}
),

month_of_person as (
  select company_id, employee_id, {{ month_start('day_of_turn') }} as month_start from day_of_person
  union all
  select company_id, employee_id, {{ first_of_month_from('day_of_turn') }} from day_of_person where day(day_of_turn) > 1
),

day_of_company as (
  {%- for relation, day in of_company %}
  select company_id, {{ day }} as day_of_turn from {{ relation }}
  where {{ day }} between {{ first_day }} and {{ last_day }}
  {{ 'union all' if not loop.last }}
  {%- endfor %}
),

month_of_company as (
  select company_id, {{ month_start('day_of_turn') }} as month_start from day_of_company
  union
  select company_id, {{ first_of_month_from('day_of_turn') }} from day_of_company where day(day_of_turn) > 1
),

measured as (
  select hours.company_id, hours.employee_id, weekly.company_id is not null as is_weekly
  from {{ ref('int_law__aca_hours') }} as hours
  left join (
    select company_id, employee_id from service group by company_id, employee_id having count(waited_from) = count(*)
  ) as classed on hours.company_id = classed.company_id and hours.employee_id = classed.employee_id
  left join (select company_id from {{ ref('int_law__aca_policy') }} where is_weekly group by company_id) as weekly
    on hours.company_id = weekly.company_id
  where classed.employee_id is null or weekly.company_id is not null
  group by hours.company_id, hours.employee_id, weekly.company_id
),

monthly as (
  select company_id, employee_id from {{ ref('int_law__aca_elsewhere_month') }}
  union
  select company_id, employee_id from offer where is_ichra
  union
  select company_id, employee_id from measured where is_weekly
),

marked as (
  select company_id, employee_id, month_start from month_of_person
  union all
  select person_year.company_id, person_year.employee_id, found.month_start
  from person_year
  inner join month_of_company as found
    on person_year.company_id = found.company_id and person_year.tax_year = year(found.month_start)
  union all
  select company_id, employee_id, make_date(tax_year, 1, 1) from person_year
  union all
  select company_id, employee_id, make_date(tax_year, 4, 1) from person_year where is_first_ale_year
  union all
  select person_year.company_id, person_year.employee_id, month_of_year.month_start
  from person_year
  inner join monthly on person_year.company_id = monthly.company_id and person_year.employee_id = monthly.employee_id
  inner join {{ ref('int_law__aca_month') }} as month_of_year on person_year.tax_year = month_of_year.tax_year
),

followed as (
  select company_id, employee_id, month_start from marked
  union all
  select marked.company_id, marked.employee_id, {{ add_months('marked.month_start', 'law.waiting_full_months') }}
  from marked
  inner join measured on marked.company_id = measured.company_id and marked.employee_id = measured.employee_id
  cross join ({{ law_in_force() }}) as law
),

turning as (
  select person_year.company_id, person_year.employee_id, person_year.tax_year, month(followed.month_start) as month
  from person_year
  inner join followed
    on person_year.company_id = followed.company_id and person_year.employee_id = followed.employee_id
    and person_year.tax_year = year(followed.month_start)
  group by person_year.company_id, person_year.employee_id, person_year.tax_year, month(followed.month_start)
)

select
  company_id, employee_id, tax_year,
  cast(month as integer) as month,
  cast(coalesce(lead(month) over (partition by company_id, employee_id, tax_year order by month) - 1, 12) as integer) as last_month
from turning
