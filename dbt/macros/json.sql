{# JSON text, read and written, on both engines. JSON stands in text columns. #}

{# The value at a top-level key as text; NULL where it is missing or null. #}
{% macro json_text(expression, key) -%}
  {{ return(adapter.dispatch('json_text', 'benefits_warehouse')(expression, key)) }}
{%- endmacro %}
{% macro default__json_text(expression, key) -%} json_extract_string({{ expression }}, '$.{{ key }}') {%- endmacro %}
{% macro spark__json_text(expression, key) -%} get_json_object({{ expression }}, '$.{{ key }}') {%- endmacro %}

{# The first of several alias keys that is present, as text. #}
{% macro json_text_any(expression, keys) -%}
  coalesce({% for key in keys %}{{ json_text(expression, key) }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{# One row per element of a JSON array column: the carried columns, element (JSON text, unquoted where it is a
   string) and ordinal (from 1). What is no array has no elements. #}
{% macro json_elements(relation, columns, json_column) -%}
  {{ return(adapter.dispatch('json_elements', 'benefits_warehouse')(relation, columns, json_column)) }}
{%- endmacro %}
{% macro default__json_elements(relation, columns, json_column) -%}
  select {{ columns | join(', ') }}, items ->> (ordinal - 1) as element, ordinal
  from (
    select {{ columns | join(', ') }}, items,
      cast(unnest(generate_series(1, cast(json_array_length(items) as bigint))) as integer) as ordinal
    from (
      select {{ columns | join(', ') }}, cast({{ json_column }} as json) as items
      from {{ relation }}
      where case when json_valid({{ json_column }}) then json_type({{ json_column }}) = 'ARRAY' else false end
    ) as parsed
  ) as numbered
{%- endmacro %}
{% macro spark__json_elements(relation, columns, json_column) -%}
  select {{ columns | join(', ') }}, element, cast(pos + 1 as int) as ordinal
  from {{ relation }}
  lateral view posexplode(from_json({{ json_column }}, 'array<string>')) exploded as pos, element
  where substr(trim({{ json_column }}), 1, 1) = '['
{%- endmacro %}

{# A JSON array of the aggregated JSON items, in the order of a text key that is never NULL. #}
{% macro json_list(item, order_key) -%}
  {{ return(adapter.dispatch('json_list', 'benefits_warehouse')(item, order_key)) }}
{%- endmacro %}
{% macro default__json_list(item, order_key) -%}
  ('[' || coalesce(string_agg({{ item }}, ',' order by {{ order_key }}, {{ item }}), '') || ']')
{%- endmacro %}
{# Sail names an aggregate by its fields: two lists in one select need names of their own. #}
{% macro spark__json_list(item, order_key) -%}
  {%- set v = 'v_' ~ local_md5(item)[:8] -%}
  concat('[', array_join(transform(array_sort(collect_list(struct({{ order_key }} as k, {{ item }} as {{ v }}))), x -> x.{{ v }}), ','), ']')
{%- endmacro %}

{# Text as a JSON string, NULL as null. Control characters do not occur in landed text. #}
{% macro json_string(expression) -%}
  coalesce('"' || replace(replace({{ expression }}, chr(92), chr(92) || chr(92)), '"', chr(92) || '"') || '"', 'null')
{%- endmacro %}

{# A number as JSON, NULL as null. #}
{% macro json_number(expression) -%}
  coalesce(cast({{ expression }} as string), 'null')
{%- endmacro %}
