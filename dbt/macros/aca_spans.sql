{# Dates of the employer mandate: month-and-day texts of a policy, and whole calendar months. #}

{# The date that a text MM-DD names in a year; 02-29 is the last day of February. NULL where it is none. #}
{% macro month_day_in(year_of, month_day) -%}
  case
    when {{ month_day }} = '02-29' then {{ month_end('make_date(cast(' ~ year_of ~ ' as integer), 2, 1)') }}
    when {{ matches(month_day, '^[0-9]{2}-[0-9]{2}$') }}
      then make_date(cast({{ year_of }} as integer), cast(substr({{ month_day }}, 1, 2) as integer), cast(substr({{ month_day }}, 4, 2) as integer))
  end
{%- endmacro %}

{# The first day of a month on or after the date. #}
{% macro first_of_month_from(date) -%}
  case when day({{ date }}) = 1 then {{ date }} else {{ add_days(month_end(date), 1) }} end
{%- endmacro %}

{# Does a policy's condition, in small letters, name the value: as the text itself, or as one element of a list. No condition, no limit. #}
{% macro names_value(condition, value) -%}
  ({{ condition }} is null
    or {{ condition }} = lower(coalesce({{ value }}, ''))
    or instr({{ condition }}, '"' || lower(coalesce({{ value }}, '')) || '"') > 0)
{%- endmacro %}

{# The parameters of the year of as-of, or of the last year on file before it: for rules whose windows reach over years. #}
{% macro law_in_force() -%}
  select * from {{ ref('int_law__by_tax_year') }}
  where tax_year = (select max(tax_year) from {{ ref('int_law__by_tax_year') }} where tax_year <= year({{ as_of() }}))
{%- endmacro %}

{# Calendar years before the one of as-of that are determined beside it. #}
{% macro years_back() -%} {{ return(4) }} {%- endmacro %}

{# The larger of two numbers; an empty one does not count. #}
{% macro larger(first, second) -%} {{ later(first, second) }} {%- endmacro %}

{# The smaller of two numbers; an empty one does not count. #}
{% macro smaller(first, second) -%} {{ earlier(first, second) }} {%- endmacro %}
