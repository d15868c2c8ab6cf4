{%- for line in ['14', '15', '16', '17'] %}
select
  override.company_id, override.employee_id, override.tax_year, cast(override.month as integer) as month,
  'line {{ line }}' as line, month_of.override_{{ line }} as state,
  override.override_id, override.value, override.replaced_value, override.reason, override.actor,
  cast(override.decided_at as date) as decided_on, override.expires_on
from {{ ref('int_law__aca_override_box') }} as override
inner join {{ ref('int_law__aca_employee_month') }} as month_of
  on override.company_id = month_of.company_id and override.employee_id = month_of.employee_id
  and override.month_start = month_of.month_start
where override.place = 1 and not override.is_ended and override.field = 'line_{{ line }}'
  and month_of.override_{{ line }} is not null
{{ 'union all' if not loop.last }}
{%- endfor %}
