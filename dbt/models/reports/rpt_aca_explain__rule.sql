{%- set zip_citation = 'Form 1095-C (2024), recipient instructions, line 17' -%}
{%- set tables = {
  '14': ['is_whole_year', 'is_employed', 'is_relieved', 'is_offered', 'is_ichra', 'is_never_full_time', 'is_ichra_affordable', 'ichra_location',
  'is_minimum_value', 'is_qualifying', 'spouse', 'dependents'],
  '16': ['is_whole_year', 'is_employed', 'is_relieved', 'is_enrolled', 'is_waiting', 'is_full_time', 'is_offered', 'is_cut_by_termination', 'harbor']
} -%}
{%- for line, facts in tables.items() %}
{%- for fact in facts %}
select
  'line {{ line }}' as line, rule.place, rule.rule_id, rule.condition, rule.citation, rule.result,
  '{{ fact }}' as fact, rule.{{ fact }} as needs
from {{ ref('code_aca_line_' ~ line) }} as rule
union all
{%- endfor %}
{%- endfor %}
select
  'line 15' as line, cast(case when takes_amount then 2 else 1 end as integer) as place, rule_id, condition, citation, cast(null as string) as result,
  line_14 as fact, case when takes_amount then 'y' else 'n' end as needs
from {{ ref('code_aca_line_15') }}
union all
select
  'line 17' as line, cast(case when takes_zip then 2 else 1 end as integer) as place,
  case when takes_zip then 'L17-02' else 'L17-01' end as rule_id,
  case when takes_zip then 'The code takes the ZIP code that prices the arrangement' else 'The code takes no ZIP code' end as condition,
  '{{ zip_citation }}' as citation, cast(null as string) as result,
  line_14 as fact, case when takes_zip then 'y' else 'n' end as needs
from {{ ref('code_aca_line_15') }}
