select
  printed.company_id, printed.employee_id, printed.employee_number, printed.tax_year, printed.month, printed.last_month, printed.form,
  printed.line_14, cast(printed.line_15 as decimal(12,2)) as line_15, printed.line_16, printed.line_17,
  printed.decided_14, printed.computed_14, printed.computed_16,
  printed.rule_14, printed.rule_15, printed.rule_16,
  cast(fact.price as decimal(12,2)) as price,
  fact.zip,
  printed.lnap,
  form.none_reason,
  {%- for line in ['14', '15', '16'] %}
  r{{ line }}.missing || ': ' || r{{ line }}.words as unknown_{{ line }},
  {%- endfor %}
  rform.missing || ': ' || rform.words as unknown_form,
  {%- for column in ['is_whole_year', 'is_employed', 'is_relieved', 'is_offered', 'is_ichra', 'is_never_full_time', 'is_ichra_affordable', 'ichra_location',
  'is_minimum_value', 'is_qualifying', 'spouse', 'dependents'] %}
  line_14.state_{{ column }} as state_14_{{ column }},
  {%- endfor %}
  {%- for column in ['is_whole_year', 'is_employed', 'is_relieved', 'is_enrolled', 'is_waiting', 'is_full_time', 'is_offered', 'is_cut_by_termination', 'harbor'] %}
  line_16.state_{{ column }} as state_16_{{ column }}{{ ',' if not loop.last }}
  {%- endfor %}
from {{ ref('int_law__aca_decided_month') }} as printed
inner join {{ ref('int_law__aca_fact_month') }} as fact
  on printed.turn_id = fact.turn_id
inner join {{ ref('int_law__aca_form') }} as form
  on printed.company_id = form.company_id and printed.employee_id = form.employee_id and printed.tax_year = form.tax_year
{%- for line in ['line_14', 'line_16'] %}
inner join {{ ref('int_law__aca_' ~ line) }} as {{ line }}
  on printed.turn_id = {{ line }}.turn_id
{%- endfor %}
{%- for line in ['14', '15', '16'] %}
left join {{ ref('code_aca_refusal') }} as r{{ line }} on printed.reason_{{ line }} = r{{ line }}.refusal_id
{%- endfor %}
left join {{ ref('code_aca_refusal') }} as rform on printed.form_reason = rform.refusal_id
