{# The business date of the run: an argument, never the clock. #}
{% macro as_of() -%}
  {%- if not var('as_of') and execute -%}
    {{ exceptions.raise_compiler_error("var 'as_of' (YYYY-MM-DD) is not set: a run has no clock of its own") }}
  {%- endif -%}
  cast('{{ var("as_of") or "1900-01-01" }}' as date)
{%- endmacro %}
