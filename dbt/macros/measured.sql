{# A measured column of a mart: its value in the spec's type, `<name>_status` and `<name>_exact` (D8, D72). #}

{# Sum of known parts, NULL where a part is unknown; no parts at all are a known zero. #}
{% macro known_sum(amount, unknown_count) -%}
  case when coalesce({{ unknown_count }}, 0) = 0 then coalesce({{ amount }}, 0) end
{%- endmacro %}

{# Status of a value that may hold modelled parts. #}
{% macro status_of(value, is_modelled='false') -%}
  case when {{ value }} is null then 'not_measured' when {{ is_modelled }} then 'modelled' else 'measured' end
{%- endmacro %}

{# Three columns: value, status, exact value where the spec's column cannot hold it. #}
{% macro measured(name, value, status, precision, scale=2, least=none, most=none) -%}
{%- set top = '9' * (precision - scale) ~ '.' ~ '9' * scale -%}
{%- set low = least if least is not none else '-' ~ top -%}
{%- set high = most if most is not none else top -%}
  cast(case when {{ value }} between {{ low }} and {{ high }} then {{ value }} end as decimal({{ precision }},{{ scale }})) as {{ name }},
  case when {{ value }} is null then 'not_measured'
    when {{ value }} not between {{ low }} and {{ high }} then 'out_of_range'
    else {{ status }} end as {{ name }}_status,
  cast(case when {{ value }} not between {{ low }} and {{ high }} then {{ value }} end as decimal(30,{{ scale }})) as {{ name }}_exact
{%- endmacro %}

{# Two columns of a count or text that cannot overflow. #}
{% macro counted(name, value) -%}
  cast({{ value }} as integer) as {{ name }},
  case when {{ value }} is null then 'not_measured' else 'measured' end as {{ name }}_status
{%- endmacro %}

{# Two columns of something we do not measure. #}
{% macro not_measured(name, type) -%}
  cast(null as {{ type }}) as {{ name }},
  'not_measured' as {{ name }}_status
{%- endmacro %}

{# Running sum of a monthly figure within its calendar year; the skeleton holds every month of the year. #}
{% macro year_to_date(column) -%}
  sum(coalesce({{ column }}, 0)) over (
    partition by skeleton.company_id, skeleton.scope_key, skeleton.year
    order by skeleton.month_start rows between unbounded preceding and current row
  )
{%- endmacro %}
