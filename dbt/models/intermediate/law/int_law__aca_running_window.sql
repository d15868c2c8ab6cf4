{#- Full-time where the hours reach 130 a month over the days that count (26 CFR 54.4980H-3(d)(1), (d)(3)). So far:
   hours * window_days against 130 * months * days on file, the same average taken over the days on file alone. Whose class decides is not measured. -#}
{%- set keys = ['company_id', 'employee_id', 'kind', 'measure_from'] -%}
with person as (
  select employed.company_id, employed.employee_id, employed.service_start, policy_month.measurement_policy_id, policy_month.policy_reason
  from {{ ref('int_law__aca_employed_month') }} as employed
  inner join {{ ref('int_law__aca_policy_month') }} as policy_month
    on employed.turn_id = policy_month.turn_id
  inner join {{ ref('int_law__aca_employee_year') }} as person_year
    on employed.company_id = person_year.company_id and employed.employee_id = person_year.employee_id
    and employed.tax_year = person_year.tax_year
  where policy_month.method = 'look_back' and employed.tax_year = year({{ as_of() }})
    and month({{ as_of() }}) between employed.month and employed.last_month
    and employed.is_employed and employed.span_end >= {{ as_of() }}
    and not coalesce(person_year.full_time_basis = 'class' and employed.class_low = employed.class_high
      and employed.class_low in ('full_time', 'part_time'), false)
),

candidate as (
  select
    time_window.company_id, time_window.employee_id, time_window.kind, time_window.measure_from, time_window.measure_to,
    time_window.stability_from, time_window.measured_months, time_window.is_admin_too_long, person.policy_reason
  from {{ ref('int_law__aca_measure_window') }} as time_window
  inner join person
    on time_window.company_id = person.company_id and time_window.employee_id = person.employee_id
    and time_window.measurement_policy_id = person.measurement_policy_id
  where time_window.kind = 'initial'
  union all
  select
    person.company_id, person.employee_id, 'standard', cycle.measure_from, cycle.measure_to,
    cycle.stability_from, cycle.measured_months, cycle.is_admin_too_long, person.policy_reason
  from person
  inner join {{ ref('int_law__aca_standard_cycle') }} as cycle on person.measurement_policy_id = cycle.measurement_policy_id
  where person.service_start <= cycle.measure_from
),

running as (
  select
    candidate.*,
    {{ earlier('measure_to', as_of()) }} as counted_to,
    {{ days_between('measure_from', 'measure_to') }} + 1 as window_days
  from candidate
  where measure_from <= {{ as_of() }} and stability_from > {{ as_of() }}
),

{%- for name, model in [('hours', 'int_law__aca_hours'), ('elsewhere', 'int_law__aca_group_hours')] %}

{{ name }}_total as (
  select
    {% for key in keys %}running.{{ key }}, {% endfor %}
    cast(sum(case
      when fact.period_start >= running.measure_from and fact.period_end <= running.counted_to then fact.credited_hours
      else {{ divide('fact.credited_hours * ' ~ shared_days('fact.period_start', 'fact.period_end', 'running.measure_from', 'running.counted_to'), 'fact.period_days', 6) }}
    end) as decimal(14,4)) as hours,
    min(case when fact.overlap_to >= running.measure_from then 'hours_overlap' else fact.hours_reason end) as hours_reason
  from running
  inner join {{ ref(model) }} as fact
    on running.company_id = fact.company_id and running.employee_id = fact.employee_id
    and fact.period_start <= running.counted_to and fact.period_end >= running.measure_from
  group by {% for key in keys %}running.{{ key }}{{ ', ' if not loop.last }}{% endfor %}
),
{%- endfor %}

{%- for name, model in [('covered', 'int_law__aca_hours_covered'), ('special', 'int_law__aca_special_leave'), ('school', 'int_law__aca_school_break')] %}

{{ name }}_total as (
  select
    {% for key in keys %}running.{{ key }}, {% endfor %}
    cast(sum({{ shared_days('fact.span_start', 'fact.span_end', 'running.measure_from', 'running.counted_to') }}) as integer) as days
  from running
  inner join {{ ref(model) }} as fact
    on running.company_id = fact.company_id and running.employee_id = fact.employee_id
    and fact.span_start <= running.counted_to and fact.span_end >= running.measure_from
  group by {% for key in keys %}running.{{ key }}{{ ', ' if not loop.last }}{% endfor %}
),
{%- endfor %}

gathered as (
  select
    running.*,
    coalesce(hours_total.hours, 0) + coalesce(elsewhere_total.hours, 0) as hours,
    coalesce(hours_total.hours_reason, case when elsewhere_total.hours_reason is not null then 'group_hours' end) as hours_reason,
    coalesce(covered_total.days, 0) - coalesce(special_total.days, 0) - coalesce(school_total.days, 0) as days_on_file,
    coalesce(special_total.days, 0) + coalesce(school_total.days, 0) as days_left_out,
    coalesce(school_total.days, 0) > 0 as has_school_break,
    law.full_time_hours_month
  from running
  cross join ({{ law_in_force() }}) as law
  {%- for name in ['hours_total', 'elsewhere_total', 'covered_total', 'special_total', 'school_total'] %}
  left join {{ name }}
    on {% for key in keys %}running.{{ key }} = {{ name }}.{{ key }}{{ ' and ' if not loop.last }}{% endfor %}
  {%- endfor %}
),

judged as (
  select
    gathered.*,
    case
      when policy_reason is not null then policy_reason
      when is_admin_too_long then 'measurement_policy'
      when {{ table_known('hours_of_service') }} = 0 then 'hours_absent'
      when hours_reason is not null then hours_reason
      when has_school_break then 'school_break'
      when days_on_file <= 0 then 'hours_missing'
    end as trend_reason,
    full_time_hours_month * measured_months * (window_days - days_left_out) as hours_due_days
  from gathered
)

select
  company_id, employee_id, kind, measure_from, measure_to, stability_from, measured_months, counted_to,
  days_on_file,
  cast(hours as decimal(14,2)) as hours,
  trend_reason,
  cast(case when trend_reason is null then {{ divide('hours * window_days', 'days_on_file * measured_months') }} end as decimal(14,2)) as average_month_hours,
  cast(case when trend_reason is null then {{ not_negative(divide('hours_due_days - hours * window_days', 'window_days')) }} end as decimal(14,2)) as hours_to_full_time,
  case
    when trend_reason is not null then null
    when hours * window_days >= hours_due_days then 'reached'
    when hours * window_days >= full_time_hours_month * measured_months * days_on_file then 'trending'
    else 'below'
  end as trend
from judged
