with document as (
  select
    measurement_policy_id,
    case
      when applies_to is null or trim(applies_to) in ('', 'null') then '{}'
      when substr(trim(applies_to), 1, 1) = '[' then '{"employment_class":' || applies_to || '}'
      when substr(trim(applies_to), 1, 1) = '{' then applies_to
      else '{"unread":true}'
    end as condition_document
  from {{ ref('stg_hr__measurement_policy') }}
),

counted as (
  select
    measurement_policy_id,
    condition_document,
    length(replace(condition_document, ' ', '')) - length(replace(replace(condition_document, ' ', ''), '":', '')) as key_marks,
    {%- for key in ['employment_class', 'is_union', 'bargaining_unit', 'worksite_state', 'employee_class', 'pay_basis'] %}
    case when {{ json_text('condition_document', key) }} is not null then 1 else 0 end{{ ' +' if not loop.last }}
    {%- endfor %} as known_keys
  from document
),

law as (
  {{ law_in_force() }}
),

stated as (
  select
    policy.measurement_policy_id, policy.company_id, policy.valid_from, policy.valid_to, policy.method, policy.weekly_rule,
    policy.standard_start_month_day, policy.standard_length_months, policy.stability_start_month_day, policy.admin_length_days,
    coalesce(policy.stability_length_months,
      case when policy.standard_length_months >= law.stability_months_least then policy.standard_length_months end) as stability_length_months,
    policy.initial_start_rule, policy.initial_length_months, policy.initial_admin_length_days
  from {{ ref('stg_hr__measurement_policy') }} as policy
  cross join law
)

select
  policy.measurement_policy_id,
  policy.company_id,
  policy.valid_from,
  {{ open_end('policy.valid_to') }} as valid_to,
  counted.condition_document,
  counted.known_keys,
  counted.key_marks <> 2 * counted.known_keys as has_unread_condition,
  policy.method,
  coalesce(policy.weekly_rule, false) as is_weekly,
  policy.standard_start_month_day,
  policy.standard_length_months,
  policy.stability_start_month_day,
  policy.admin_length_days,
  policy.stability_length_months,
  coalesce(policy.initial_start_rule, 'hire_date') as initial_start_rule,
  policy.initial_length_months,
  policy.initial_admin_length_days,
  coalesce(policy.standard_length_months between law.measurement_months_least and law.measurement_months_most, false)
    and coalesce(policy.stability_length_months in (law.stability_months_least, law.measurement_months_most), false)
    and policy.stability_length_months >= policy.standard_length_months
    and policy.standard_start_month_day is not null
    and (policy.stability_start_month_day is not null or policy.admin_length_days is not null) as is_standard_lawful,
  coalesce(policy.initial_length_months between law.measurement_months_least and law.measurement_months_most, false)
    and coalesce(policy.stability_length_months >= law.stability_months_least, false)
    and policy.stability_length_months >= policy.initial_length_months
    and coalesce(policy.initial_admin_length_days, 0) between 0 and law.admin_days_most as is_initial_lawful
from stated as policy
inner join counted on policy.measurement_policy_id = counted.measurement_policy_id
cross join law
