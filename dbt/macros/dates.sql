{# Days, months and weekdays on both engines. Every result is a date. #}

{% macro add_days(date, days) -%}
  {{ return(adapter.dispatch('add_days', 'benefits_warehouse')(date, days)) }}
{%- endmacro %}
{% macro default__add_days(date, days) -%} (({{ date }}) + cast(({{ days }}) as integer)) {%- endmacro %}
{% macro spark__add_days(date, days) -%} date_add({{ date }}, cast(({{ days }}) as int)) {%- endmacro %}

{% macro add_months(date, months) -%}
  {{ return(adapter.dispatch('add_months', 'benefits_warehouse')(date, months)) }}
{%- endmacro %}
{% macro default__add_months(date, months) -%} cast(({{ date }}) + to_months(cast(({{ months }}) as integer)) as date) {%- endmacro %}
{% macro spark__add_months(date, months) -%} add_months({{ date }}, cast(({{ months }}) as int)) {%- endmacro %}

{# Days from the first date to the second. #}
{% macro days_between(start, finish) -%}
  {{ return(adapter.dispatch('days_between', 'benefits_warehouse')(start, finish)) }}
{%- endmacro %}
{% macro default__days_between(start, finish) -%} cast(date_diff('day', cast({{ start }} as date), cast({{ finish }} as date)) as integer) {%- endmacro %}
{% macro spark__days_between(start, finish) -%} datediff(cast({{ finish }} as date), cast({{ start }} as date)) {%- endmacro %}

{# Whole months from the month of the first date to the month of the second. #}
{% macro months_apart(start, finish) -%}
  ((year({{ finish }}) - year({{ start }})) * 12 + month({{ finish }}) - month({{ start }}))
{%- endmacro %}

{% macro month_start(date) -%} make_date(cast(year({{ date }}) as integer), cast(month({{ date }}) as integer), 1) {%- endmacro %}
{% macro month_end(date) -%} last_day({{ date }}) {%- endmacro %}
{% macro year_start(date) -%} make_date(cast(year({{ date }}) as integer), 1, 1) {%- endmacro %}
{% macro year_end(date) -%} make_date(cast(year({{ date }}) as integer), 12, 31) {%- endmacro %}

{# An open end, as a date that compares. #}
{% macro open_end(date) -%} coalesce({{ date }}, cast('9999-12-31' as date)) {%- endmacro %}

{# ISO day of the week, Monday = 1 .. Sunday = 7. Sail's own weekday() gives -1 for a Sunday. #}
{% macro weekday(date) -%}
  {{ return(adapter.dispatch('weekday', 'benefits_warehouse')(date)) }}
{%- endmacro %}
{% macro default__weekday(date) -%} cast(isodow({{ date }}) as integer) {%- endmacro %}
{% macro spark__weekday(date) -%} ((dayofweek({{ date }}) + 5) % 7 + 1) {%- endmacro %}

{# The last day before the given month in which a day may fall: as-of counts its month whole. #}
{% macro as_of_month_end() -%} last_day({{ as_of() }}) {%- endmacro %}

{# One row per month from the month of `first` to the month of `last`, column month_start. The bounds are
   columns of the one-row relation `bounds`. Join facts to it by range: do not unnest per fact row. #}
{% macro month_spine(bounds, first, last) -%}
  {{ return(adapter.dispatch('month_spine', 'benefits_warehouse')(bounds, first, last)) }}
{%- endmacro %}
{% macro default__month_spine(bounds, first, last) -%}
  select cast(unnest(generate_series({{ month_start(first) }}, {{ month_start(last) }}, interval 1 month)) as date) as month_start
  from {{ bounds }}
{%- endmacro %}
{% macro spark__month_spine(bounds, first, last) -%}
  select explode(sequence({{ month_start(first) }}, {{ month_start(last) }}, interval 1 month)) as month_start
  from {{ bounds }}
{%- endmacro %}

{# The earlier of two dates; an empty one does not count (least() treats NULL differently per engine). #}
{% macro earlier(first, second) -%}
  (case when {{ first }} is null then {{ second }} when {{ second }} is null then {{ first }}
    when {{ first }} < {{ second }} then {{ first }} else {{ second }} end)
{%- endmacro %}

{# The later of two dates; an empty one does not count. #}
{% macro later(first, second) -%}
  (case when {{ first }} is null then {{ second }} when {{ second }} is null then {{ first }}
    when {{ first }} > {{ second }} then {{ first }} else {{ second }} end)
{%- endmacro %}

{# The first month that begins on the day or after it, as its first day. #}
{% macro first_month_from(day) -%}
  (case when {{ month_start(day) }} = {{ day }} then {{ day }} else {{ add_months(month_start(day), 1) }} end)
{%- endmacro %}

{# A select of the keys, the nominal_date and the first business_date on or after it, for each row of a relation:
   neither a weekend nor a federal holiday (IRC 7503). #}
{% macro business_dates(relation, keys) -%}
select {{ keys | join(', ') }}, nominal_date, min(day) as business_date
from (
  select {% for key in keys %}nominal.{{ key }}, {% endfor %}nominal.nominal_date, {{ add_days('nominal.nominal_date', 'step.n') }} as day
  from {{ relation }} as nominal
  cross join (select 0 as n union all select 1 union all select 2 union all select 3 union all select 4 union all select 5) as step
) as candidate
left join (select holiday_date from {{ ref('code_holiday') }} where calendar = 'us_federal') as holiday
  on candidate.day = holiday.holiday_date
where {{ weekday('day') }} <= 5 and holiday_date is null
group by {{ keys | join(', ') }}, nominal_date
{%- endmacro %}

{# Twelve rows: month 1 to 12. #}
{% macro months_of_year() -%}
  {%- for month in range(1, 13) %}select cast({{ month }} as integer) as month{{ ' union all ' if not loop.last }}{% endfor -%}
{%- endmacro %}
