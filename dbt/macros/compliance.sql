{# A threshold of the seed code_compliance_threshold as a scalar. #}
{% macro threshold(rule_id, name) -%}
  (select max(value) from {{ ref('code_compliance_threshold') }} where rule_id = '{{ rule_id }}' and threshold = '{{ name }}')
{%- endmacro %}

{# A social security number that can exist; test companies may use areas 900-999 with groups 01-49. #}
{% macro is_valid_ssn(expression, is_test) -%}
{%- set digits = replace_all(expression, '[ -]', '') -%}
  coalesce(
    {{ matches(digits, '^[0-9]{9}$') }}
    and substr({{ digits }}, 1, 3) not in ('000', '666')
    and substr({{ digits }}, 4, 2) <> '00'
    and substr({{ digits }}, 6, 4) <> '0000'
    and (substr({{ digits }}, 1, 3) < '900' or ({{ is_test }} and substr({{ digits }}, 4, 2) between '01' and '49')),
    false
  )
{%- endmacro %}
