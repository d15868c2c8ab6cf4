{# The cost of one month of a cost span: what is paid, saved, and how it is known (D7, D71, D72). #}

{# The month's part of an amount that spreads over one, three or twelve months. #}
{% macro month_part(span, side, month) -%}
{%- set k = 'cast(case ' ~ span ~ '.spread_months when 3 then mod(month(' ~ month ~ ') - 1, 3) + 1 else month(' ~ month ~ ') end as integer)' -%}
(case when {{ span }}.spread_months = 1 then {{ span }}.{{ side }}_amount
      else {{ spread(span ~ '.' ~ side ~ '_amount', k, span ~ '.spread_months') }} end)
{%- endmacro %}

{# employee_cost, employee_savings, employer_cost, total_cost and the status of each. #}
{% macro month_cost(span, month) -%}
{%- set paid = month_part(span, 'employee', month) -%}
{%- set employee -%}
cast(case when {{ span }}.is_savings then 0 when not {{ span }}.is_savings then {{ paid }} end as decimal(18,2))
{%- endset -%}
{%- set employer -%}
cast(case when {{ span }}.is_modelled then {{ span }}.premium - {{ paid }} else {{ month_part(span, 'employer', month) }} end as decimal(18,2))
{%- endset -%}
{{ employee }} as employee_cost,
    cast(case when {{ span }}.is_savings then {{ paid }} when not {{ span }}.is_savings then 0 end as decimal(18,2)) as employee_savings,
    {{ employer }} as employer_cost,
    cast(case when {{ span }}.is_modelled then {{ span }}.premium else {{ employee }} + {{ employer }} end as decimal(18,2)) as total_cost,
    case when {{ employee }} is null then 'not_measured' else 'measured' end as employee_cost_status,
    case when {{ employer }} is null then 'not_measured' when {{ span }}.is_modelled then 'modelled' else 'measured' end
      as employer_cost_status,
    case
      when {{ span }}.is_modelled and {{ span }}.premium is null then 'not_measured'
      when {{ span }}.is_modelled then 'modelled'
      when {{ employee }} is null or {{ employer }} is null then 'not_measured'
      else 'measured'
    end as total_cost_status
{%- endmacro %}
