select
  company_id, employee_id, month_start
  {%- for line in ['14', '15', '16', '17'] %},
  max(case when field = 'line_{{ line }}' then 1 else 0 end) = 1 as is_overridden_{{ line }},
  max(case when field = 'line_{{ line }}' then value end) as value_{{ line }},
  max(case when field = 'line_{{ line }}' then replaced_value end) as replaced_{{ line }}
  {%- endfor %}
from {{ ref('int_law__aca_override_box') }}
where place = 1 and not is_ended and form in ('1095-C', 'unknown')
group by company_id, employee_id, month_start
