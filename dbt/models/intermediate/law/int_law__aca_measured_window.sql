{%- set keys = ['company_id', 'employee_id', 'measurement_policy_id', 'service_number', 'kind', 'measure_from'] -%}
{%- set pairs = [
  ('hours', 'int_law__aca_hours', 'period_start', 'period_end'),
  ('elsewhere', 'int_law__aca_group_hours', 'period_start', 'period_end'),
  ('covered', 'int_law__aca_hours_covered', 'span_start', 'span_end'),
  ('employed', 'int_law__aca_employment_span', 'span_start', 'span_end'),
  ('special', 'int_law__aca_special_leave', 'span_start', 'span_end'),
  ('school', 'int_law__aca_school_break', 'span_start', 'span_end'),
] -%}
with time_window as (
  select time_window.*, {{ days_between('measure_from', 'measure_to') }} + 1 as window_days,
    make_date(cast(year(measure_from) as integer), 12, 31) as first_year_end
  from {{ ref('int_law__aca_measure_window') }} as time_window
),

{%- for name, model, from_column, to_column in pairs %}

{{ name }}_total as (
  select
    {% for key in keys %}time_window.{{ key }}, {% endfor %}
    {%- if name in ['hours', 'elsewhere'] %}
    cast(sum(case
      when fact.period_start >= time_window.measure_from and fact.period_end <= time_window.measure_to then fact.credited_hours
      else {{ divide('fact.credited_hours * ' ~ shared_days('fact.period_start', 'fact.period_end', 'time_window.measure_from', 'time_window.measure_to'), 'fact.period_days', 6) }}
    end) as decimal(14,4)) as total,
    min(case when fact.overlap_to >= time_window.measure_from then 'hours_overlap' else fact.hours_reason end) as hours_reason
    {%- else %}
    cast(sum({{ shared_days('fact.' ~ from_column, 'fact.' ~ to_column, 'time_window.measure_from', 'time_window.measure_to') }}) as integer) as total,
    cast(sum({{ shared_days('fact.' ~ from_column, 'fact.' ~ to_column, 'time_window.measure_from', earlier('time_window.measure_to', 'time_window.first_year_end')) }}) as integer) as first_year_total
    {%- endif %}
  from time_window
  inner join {{ ref(model) }} as fact
    on time_window.company_id = fact.company_id and time_window.employee_id = fact.employee_id
    and fact.{{ from_column }} <= time_window.measure_to and fact.{{ to_column }} >= time_window.measure_from
  group by {% for key in keys %}time_window.{{ key }}{{ ', ' if not loop.last }}{% endfor %}
),
{%- endfor %}

complete as (
  select
    {% for key in keys %}time_window.{{ key }}, {% endfor %}
    max(case when stated.complete_from <= time_window.measure_from and stated.complete_to >= time_window.measure_to then 1 else 0 end) as is_complete
  from time_window
  inner join {{ ref('stg_hr__data_completeness') }} as stated
    on time_window.company_id = stated.company_id and stated.table_name = 'hours_of_service'
  group by {% for key in keys %}time_window.{{ key }}{{ ', ' if not loop.last }}{% endfor %}
),

gathered as (
  select
    time_window.*,
    coalesce(hours_total.total, 0) + coalesce(elsewhere_total.total, 0) as hours,
    coalesce(hours_total.hours_reason, case when elsewhere_total.hours_reason is not null then 'group_hours' end) as hours_reason,
    coalesce(covered_total.total, 0) as covered_days,
    coalesce(employed_total.total, 0) as employed_days,
    coalesce(special_total.total, 0) as special_days,
    coalesce(school_total.total, 0) as school_days,
    coalesce(school_total.first_year_total, 0) as first_school_days,
    coalesce(complete.is_complete, 1) as is_complete,
    time_window.window_days - coalesce(special_total.total, 0) - coalesce(school_total.total, 0) as counted_days,
    law.full_time_hours_month, law.educational_credit_hours
  from time_window
  cross join ({{ law_in_force() }}) as law
  {%- for name in ['hours_total', 'elsewhere_total', 'covered_total', 'employed_total', 'special_total', 'school_total', 'complete'] %}
  left join {{ name }}
    on {% for key in keys %}time_window.{{ key }} = {{ name }}.{{ key }}{{ ' and ' if not loop.last }}{% endfor %}
  {%- endfor %}
),

credited as (
  select
    gathered.*,
    hours * (counted_days + special_days)
    + {{ smaller('hours * first_school_days', 'educational_credit_hours * counted_days') }}
    + {{ smaller('hours * (school_days - first_school_days)', 'educational_credit_hours * counted_days') }}
      >= full_time_hours_month * measured_months * counted_days as is_full_time
  from gathered
)

select
  company_id, employee_id, measurement_policy_id, service_number, kind, measure_from, measure_to,
  stability_from, stability_to, part_time_to, measured_months, hours, special_days, school_days,
  case
    when is_admin_too_long then 'measurement_policy'
    when measure_to > {{ as_of() }} then 'measure_open'
    when {{ table_known('hours_of_service') }} = 0 then 'hours_absent'
    when hours_reason is not null then hours_reason
    when counted_days <= 0 then 'hours_missing'
    when is_full_time then null
    when is_complete = 0 or covered_days < employed_days then 'hours_missing'
  end as measure_reason,
  is_full_time
from credited
