{# What dbt's own Spark macros get wrong for us: seed values and contracts. DuckDB never comes here. #}

{# Seeds as typed literals: an empty cell is NULL, a number never passes through a float. #}
{% macro spark__load_csv_rows(model, agate_table) %}
  {%- set types = model['config'].get('column_types', {}) -%}
  {%- for chunk in agate_table.rows | batch(500) -%}
    {%- set sql -%}
      insert into {{ this.render() }} values
      {% for row in chunk -%}
      ({% for value in row -%}
        {%- set column = agate_table.column_names[loop.index0] -%}
        {{ seed_literal(value, types.get(column, adapter.convert_type(agate_table, loop.index0))) }}
        {%- if not loop.last %}, {% endif -%}
      {%- endfor %})
      {%- if not loop.last %},{% endif %}
      {% endfor %}
    {%- endset -%}
    {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
  {%- endfor -%}
  {{ return('-- rows written as literals') }}
{% endmacro %}

{% macro seed_literal(value, type) -%}
  {%- if value is none -%}
    cast(null as {{ type }})
  {%- else -%}
    cast('{{ (value | string) | replace("\\", "\\\\") | replace("'", "\\'") }}' as {{ type }})
  {%- endif -%}
{%- endmacro %}
