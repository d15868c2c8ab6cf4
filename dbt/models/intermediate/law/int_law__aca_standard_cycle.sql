with policy as (
  select policy.*, law.admin_days_most
  from {{ ref('int_law__aca_policy') }} as policy
  cross join ({{ law_in_force() }}) as law
  where policy.method = 'look_back' and policy.is_standard_lawful
),

start_of as (
  {%- for number in [0, 1] %}
  select
    policy.*,
    {{ add_months(month_day_in('law.tax_year', 'policy.standard_start_month_day'), number ~ ' * policy.stability_length_months') }} as measure_from
  from policy
  inner join {{ ref('int_law__by_tax_year') }} as law on law.tax_year between year({{ as_of() }}) - 7 and year({{ as_of() }})
  {%- if number == 1 %}
  where policy.stability_length_months < 12
  {%- endif %}
  {{ 'union all' if not loop.last }}
  {%- endfor %}
),

measured as (
  select start_of.*, {{ add_days(add_months('measure_from', 'standard_length_months'), -1) }} as measure_to
  from start_of
),

stable as (
  select
    measured.*,
    {{ month_day_in('year(measure_to)', 'stability_start_month_day') }} as named_start
  from measured
),

placed as (
  select
    stable.*,
    case
      when stability_start_month_day is null then {{ add_days('measure_to', 'admin_length_days + 1') }}
      {%- for shift in [-6, 0, 6, 12] %}
      when {{ add_months('named_start', shift) }} > measure_to{{ ' and stability_length_months < 12' if shift in [-6, 6] }}
        then {{ add_months('named_start', shift) }}
      {%- endfor %}
    end as stability_from
  from stable
)

select
  measurement_policy_id, company_id, measure_from, measure_to, stability_from,
  {{ add_days(add_months('stability_from', 'stability_length_months'), -1) }} as stability_to,
  {{ add_days(add_months('stability_from', 'standard_length_months'), -1) }} as part_time_to,
  standard_length_months as measured_months,
  {{ days_between('measure_to', 'stability_from') }} - 1 > admin_days_most as is_admin_too_long
from placed
