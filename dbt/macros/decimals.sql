{# Exact decimal arithmetic on both engines: division and rounding in integers, ties away from zero. #}

{# numerator / denominator, rounded to `scale` places; NULL where the denominator is zero or unknown.
   Both sides may carry up to `input_scale` decimals. #}
{% macro divide(numerator, denominator, scale=2, input_scale=4) -%}
  {{ return(adapter.dispatch('divide', 'benefits_warehouse')(numerator, denominator, scale, input_scale)) }}
{%- endmacro %}

{% macro default__divide(numerator, denominator, scale, input_scale) -%}
{%- set n = "cast(abs(cast((" ~ numerator ~ ") as decimal(30," ~ input_scale ~ "))) * " ~ 10 ** input_scale ~ " as hugeint)" -%}
{%- set d = "cast(abs(cast((" ~ denominator ~ ") as decimal(30," ~ input_scale ~ "))) * " ~ 10 ** input_scale ~ " as hugeint)" -%}
  (case when ({{ denominator }}) <> 0 then
    cast(case when (({{ numerator }}) < 0) <> (({{ denominator }}) < 0) then -1 else 1 end
      * ((2 * {{ n }} * {{ 10 ** scale }} + {{ d }}) // (2 * {{ d }})) as decimal(30,0))
    * cast('{{ power_of_tenth(scale) }}' as decimal({{ scale + 1 }},{{ scale }})) end)
{%- endmacro %}

{% macro spark__divide(numerator, denominator, scale, input_scale) -%}
{%- set n = "cast(abs(cast((" ~ numerator ~ ") as decimal(30," ~ input_scale ~ "))) * " ~ 10 ** input_scale ~ " as decimal(30,0))" -%}
{%- set d = "cast(abs(cast((" ~ denominator ~ ") as decimal(30," ~ input_scale ~ "))) * " ~ 10 ** input_scale ~ " as decimal(30,0))" -%}
  (case when ({{ denominator }}) <> 0 then
    cast(case when (({{ numerator }}) < 0) <> (({{ denominator }}) < 0) then -1 else 1 end
      * ((2 * {{ n }} * {{ 10 ** scale }} + {{ d }}) div (2 * {{ d }})) as decimal(30,0))
    * cast('{{ power_of_tenth(scale) }}' as decimal({{ scale + 1 }},{{ scale }})) end)
{%- endmacro %}

{% macro power_of_tenth(scale) -%}
  {{ '1' if scale == 0 else '0.' ~ '0' * (scale - 1) ~ '1' }}
{%- endmacro %}

{# 100 * part / whole to two places. #}
{% macro percent(part, whole) -%}
  {{ divide('100 * (' ~ part ~ ')', whole) }}
{%- endmacro %}

{# Month k of an amount in dollars and cents spread over n months, so that the parts add up to the cent. In whole
   cents as 64-bit integers: nine times faster than two exact divisions. #}
{% macro spread(amount, k, n) -%}
  {{ return(adapter.dispatch('spread', 'benefits_warehouse')(amount, k, n)) }}
{%- endmacro %}

{% macro default__spread(amount, k, n) -%}
  {{ spread_by('//', amount, k, n) }}
{%- endmacro %}

{% macro spark__spread(amount, k, n) -%}
  {{ spread_by('div', amount, k, n) }}
{%- endmacro %}

{% macro spread_by(whole_division, amount, k, n) -%}
{%- set cents = 'cast(abs(' ~ amount ~ ') * 100 as bigint)' -%}
  (cast(case when ({{ amount }}) < 0 then -1 else 1 end * (
    ((2 * {{ cents }} * ({{ k }}) + ({{ n }})) {{ whole_division }} (2 * ({{ n }})))
    - ((2 * {{ cents }} * (({{ k }}) - 1) + ({{ n }})) {{ whole_division }} (2 * ({{ n }})))
  ) as decimal(18,0)) * cast('0.01' as decimal(3,2)))
{%- endmacro %}

{# The part of an amount (up to four decimals, below 10 ** 9) that falls on some days of a span of at most a few years, to
   six places: in whole numbers of 64 bits, as spread. #}
{% macro share_of_days(amount, days, of_days) -%}
  {{ return(adapter.dispatch('share_of_days', 'benefits_warehouse')(amount, days, of_days)) }}
{%- endmacro %}

{% macro default__share_of_days(amount, days, of_days) -%}
  {{ share_of_days_by('//', amount, days, of_days) }}
{%- endmacro %}

{% macro spark__share_of_days(amount, days, of_days) -%}
  {{ share_of_days_by('div', amount, days, of_days) }}
{%- endmacro %}

{% macro share_of_days_by(whole_division, amount, days, of_days) -%}
  (cast(case when ({{ amount }}) < 0 then -1 else 1 end * (
    (2 * cast(abs({{ amount }}) * 10000 as bigint) * cast({{ days }} as bigint) * 100 + ({{ of_days }})) {{ whole_division }} (2 * ({{ of_days }}))
  ) as decimal(18,0)) * cast('0.000001' as decimal(7,6)))
{%- endmacro %}

{# A decimal rounded to a whole number, ties away from zero (a plain cast rounds ties differently per engine). #}
{% macro to_int(expression) -%}
  cast({{ divide(expression, '1', 0) }} as integer)
{%- endmacro %}

{# Text to a whole number, NULL where it is none. #}
{% macro text_to_int(expression) -%}
  case when {{ matches(expression, '^-?[0-9]{1,9}$') }} then cast({{ expression }} as integer) end
{%- endmacro %}

{# Text to a decimal, NULL where it is none. #}
{% macro text_to_decimal(expression, precision=18, scale=4) -%}
  case when {{ matches(expression, '^-?[0-9]{1,' ~ (precision - scale) ~ '}([.][0-9]*)?$') }} then cast({{ expression }} as decimal({{ precision }},{{ scale }})) end
{%- endmacro %}

{# A difference of dollars and cents, or zero where it is below. #}
{% macro not_negative(amount) -%}
  case when {{ amount }} < 0 then cast(0 as decimal(12,2)) else cast({{ amount }} as decimal(12,2)) end
{%- endmacro %}

{# 100 * part / whole to two places, cut off and never rounded up: 94.999 is 94.99. #}
{% macro percent_down(part, whole) -%}
  {{ divide('(' ~ part ~ ') * 10000 - ((' ~ part ~ ') * 10000) % nullif(' ~ whole ~ ', 0)', '100 * (' ~ whole ~ ')') }}
{%- endmacro %}

{# A quotient of whole numbers, rounded up. #}
{% macro share_up(part, whole) -%}
  cast({{ divide('(' ~ part ~ ' + ' ~ whole ~ ' - 1) - ((' ~ part ~ ' + ' ~ whole ~ ' - 1) % nullif((' ~ whole ~ '), 0))', whole, 0) }} as integer)
{%- endmacro %}

{# A quotient of whole numbers, rounded down. #}
{% macro share_down(part, whole) -%}
  cast({{ divide('(' ~ part ~ ') - ((' ~ part ~ ') % nullif((' ~ whole ~ '), 0))', whole, 0) }} as integer)
{%- endmacro %}
