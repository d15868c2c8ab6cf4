with box as (
  select override.*,
    case override.field
      {%- for line in ['14', '15', '16', '17'] %}
      when 'line_{{ line }}' then month_of.override_{{ line }}
      {%- endfor %}
    end as state
  from {{ ref('int_law__aca_override_box') }} as override
  left join {{ ref('int_law__aca_employee_month') }} as month_of
    on override.company_id = month_of.company_id and override.employee_id = month_of.employee_id
    and override.month_start = month_of.month_start
  where override.place = 1
),

judged as (
  select
    box.*,
    case
      when is_ended then 'O004'
      when state is null then 'O005'
      when state = 'agreed' then 'O002'
      when state = 'stale' then 'O003'
      when state = 'pair' then 'O006'
      else 'O001'
    end as rule_id
  from box
)

select company_id, employee_id, tax_year, month, rule_id,
  replace(field, '_', ' ') || ': ' || override_id || ' of ' || cast(cast(decided_at as date) as string) || ', ' || replaced_value || ' to '
    || coalesce(value, 'blank') || coalesce(', until ' || cast(expires_on as string), '') as words
from judged
