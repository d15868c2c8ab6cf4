{# Form 5500: whole dollars, identifiers as digits, words in a closed JSON list. #}

{# Whole dollars, ties away from zero; NULL stays NULL. #}
{% macro dollars(amount) -%} cast({{ divide(amount, '1', 0) }} as bigint) {%- endmacro %}

{# Digits of an identifier that may be written with hyphens, brackets, dots or blanks. #}
{% macro digits(expression) -%} {{ replace_all(expression, '[^0-9]', '') }} {%- endmacro %}

{# Does a JSON list of plain words (checked against its schema when landed) hold the word: 1 or 0. #}
{% macro json_list_has(expression, word) -%}
  case when {{ expression }} like '%"{{ word }}"%' then 1 else 0 end
{%- endmacro %}

{# Does the JSON list hold anything; an empty list declares nothing. #}
{% macro json_list_declares(expression) -%} coalesce({{ expression }} like '%"%', false) {%- endmacro %}

{# A sum over the contracts of one Schedule A: unknown where only some of them give the amount. #}
{% macro whole_sum(column) -%}
  case when count({{ column }}) = count(*) then sum({{ column }}) end
{%- endmacro %}

{# A yes or no box (1, 2) and a check box (1, 0); an empty fact stays empty. #}
{% macro yes_no(expression) -%} case when {{ expression }} then 1 when not {{ expression }} then 2 end {%- endmacro %}
{% macro checked(expression) -%} case when {{ expression }} then 1 when not {{ expression }} then 0 end {%- endmacro %}

{# The columns of one work item, from its form to whether it blocks; table, key, reason are SQL expressions. #}
{% macro form_5500_item(line, box, table, column, key, reason, is_blocking, form="'F_5500'", form_id='cast(null as integer)') -%}
{{ form }} as form, {{ form_id }} as form_id, cast(null as integer) as row_order, '{{ line }}' as line, '{{ box }}' as box,
    {{ table }} as source_table, '{{ column }}' as source_column, {{ key }} as source_key, {{ reason }} as reason, {{ is_blocking }} as is_blocking
{%- endmacro %}
