{# Patterns and identifiers on both engines. #}

{# Does the text contain the pattern (anchor it with ^ and $ for a whole match). #}
{% macro matches(expression, pattern) -%}
  {{ return(adapter.dispatch('matches', 'benefits_warehouse')(expression, pattern)) }}
{%- endmacro %}
{% macro default__matches(expression, pattern) -%} regexp_matches({{ expression }}, '{{ pattern }}') {%- endmacro %}
{% macro spark__matches(expression, pattern) -%} ({{ expression }} rlike '{{ pattern | replace('\\', '\\\\') }}') {%- endmacro %}

{# Every occurrence of the pattern replaced. #}
{% macro replace_all(expression, pattern, replacement='') -%}
  {{ return(adapter.dispatch('replace_all', 'benefits_warehouse')(expression, pattern, replacement)) }}
{%- endmacro %}
{% macro default__replace_all(expression, pattern, replacement) -%} regexp_replace({{ expression }}, '{{ pattern }}', '{{ replacement }}', 'g') {%- endmacro %}
{% macro spark__replace_all(expression, pattern, replacement) -%} regexp_replace({{ expression }}, '{{ pattern | replace('\\', '\\\\') }}', '{{ replacement }}') {%- endmacro %}

{# UUIDv5 of a list of text expressions, joined by "|"; an unknown part is the empty text. The namespace is the
   UUID whose sixteen bytes are the letters below, so that the same hash comes out of
   uuid.uuid5(uuid.UUID(bytes=b'benefits-warehou'), 'a|b'). #}
{% macro uuid5(parts) -%}
{%- set name -%}
  'benefits-warehou' || {% for part in parts %}coalesce(cast({{ part }} as string), ''){{ " || '|' || " if not loop.last }}{% endfor %}
{%- endset -%}
{%- set digest = 'sha1(' ~ name ~ ')' -%}
  (substr({{ digest }}, 1, 8) || '-' || substr({{ digest }}, 9, 4) || '-5' || substr({{ digest }}, 14, 3) || '-'
    || substr('89ab89ab89ab89ab', instr('0123456789abcdef', substr({{ digest }}, 17, 1)), 1)
    || substr({{ digest }}, 18, 3) || '-' || substr({{ digest }}, 21, 12))
{%- endmacro %}

{# A coverage level as the alias seed spells it: lower case, single spaces, no blanks around + and -. #}
{% macro level_key(expression) -%}
  {{ replace_all(replace_all('lower(trim(' ~ expression ~ '))', '[ _]+', ' '), ' ?([-+/&]) ?', '+') }}
{%- endmacro %}
