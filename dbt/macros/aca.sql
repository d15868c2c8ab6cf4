{# Pieces of the ACA law models: merged spans and three-valued text. Window functions only, so that both engines agree. #}

{# One row per unbroken span of days: the keys, span_number (from 1), span_start, span_end. Spans that touch or overlap merge. #}
{% macro merged_spans(relation, keys, from_column, to_column) -%}
{%- set key_list = keys | join(', ') -%}
{%- set in_order = 'partition by ' ~ key_list ~ ' order by ' ~ from_column ~ ', ' ~ to_column -%}
  select
    {{ key_list }},
    cast(row_number() over ({{ in_order }}) as integer) as span_number,
    {{ from_column }} as span_start,
    coalesce(lead(ended_before) over ({{ in_order }}), ended_last) as span_end
  from (
    select
      {{ key_list }}, {{ from_column }}, {{ to_column }},
      max({{ to_column }}) over ({{ in_order }} rows between unbounded preceding and 1 preceding) as ended_before,
      max({{ to_column }}) over ({{ in_order }} rows between unbounded preceding and unbounded following) as ended_last
    from {{ relation }}
  ) as placed
  where ended_before is null or {{ add_days(from_column, -1) }} > ended_before
{%- endmacro %}

{# y, n, or ? where the fact is not known: the spelling of the decision tables. #}
{% macro tri(condition) -%}
  (case when {{ condition }} then 'y' when not ({{ condition }}) then 'n' else '?' end)
{%- endmacro %}

{# Is the table loaded at all (empty counts, absent does not). #}
{% macro table_known(table_name) -%}
  (select coalesce(max(case when state in ('present', 'empty') then 1 else 0 end), 0)
   from {{ ref('stg_landing__table_state') }} where table_name = '{{ table_name }}')
{%- endmacro %}

{# Days that two inclusive spans share, never below zero. #}
{% macro shared_days(from_a, to_a, from_b, to_b) -%}
  (case when {{ from_a }} > {{ to_b }} or {{ from_b }} > {{ to_a }} then 0
    else {{ days_between(later(from_a, from_b), earlier(to_a, to_b)) }} + 1 end)
{%- endmacro %}

{# Is the plan an individual coverage reimbursement arrangement. #}
{% macro is_ichra(plan) -%}
  (coalesce({{ plan }}.is_ichra, false) or coalesce({{ plan }}.benefit_type = 'ichra', false))
{%- endmacro %}

{# Whether the employer answers for the coverage itself; NULL where not stated. A plan of several employers answers through its
   fund, which reports who was covered: Instructions for Forms 1094-C and 1095-C, Part III. #}
{% macro is_own_coverage(plan) -%}
  case when {{ is_ichra(plan) }} then true when {{ plan }}.plan_entity = 'multiemployer' then false else {{ plan }}.is_self_insured end
{%- endmacro %}

{# The digits of a taxpayer number with its dashes; NULL where they are not nine. #}
{% macro dashed_ssn(digits) -%}
  case when length({{ digits }}) = 9
    then substr({{ digits }}, 1, 3) || '-' || substr({{ digits }}, 4, 2) || '-' || substr({{ digits }}, 6, 4) end
{%- endmacro %}

{# The first five digits of a ZIP code; NULL where it does not start with five. #}
{% macro zip_digits(zip) -%}
  case when {{ matches(zip, '^[0-9]{5}(-?[0-9]{4})?$') }} then substr({{ zip }}, 1, 5) end
{%- endmacro %}

{# Whole years from a birthday to a day. #}
{% macro age_on(birth_date, day) -%}
  (year({{ day }}) - year({{ birth_date }})
    - case when month({{ day }}) * 100 + day({{ day }}) < month({{ birth_date }}) * 100 + day({{ birth_date }}) then 1 else 0 end)
{%- endmacro %}

{# The state of an override beside its box: null without one, agreed (the rules give the same), in_force, or
   stale (the rules give something else than on the day it was recorded: a person has to look again). #}
{% macro override_state(row, line, computed) -%}
  case
    when not coalesce({{ row }}.is_overridden_{{ line }}, false) then null
    when {{ computed }} = coalesce({{ row }}.value_{{ line }}, 'blank') then 'agreed'
    when {{ computed }} = {{ row }}.replaced_{{ line }} then 'in_force'
    else 'stale'
  end as override_{{ line }}
{%- endmacro %}

{# One number for a person's month, so that rules of the same month join on a number and not on two names and a day.
   Equal numbers of two months would end the build: int_law__aca_employed_month and int_law__aca_fact_month test it. #}
{% macro turn_id(row, month_start) -%}
  {{ return(adapter.dispatch('turn_id', 'benefits_warehouse')(row, month_start)) }}
{%- endmacro %}
{% macro default__turn_id(row, month_start) -%}
  cast(hash({{ row }}.company_id, {{ row }}.employee_id, {{ month_start }}) >> 1 as bigint)
{%- endmacro %}
{% macro spark__turn_id(row, month_start) -%} xxhash64({{ row }}.company_id, {{ row }}.employee_id, {{ month_start }}) {%- endmacro %}

{# One number for a person, to part rows by where nothing but the person is wanted. No two people with hours share one (a test of the build). #}
{% macro person_number(row) -%}
  {{ return(adapter.dispatch('person_number', 'benefits_warehouse')(row)) }}
{%- endmacro %}
{% macro default__person_number(row) -%} cast(hash({{ row }}.company_id, {{ row }}.employee_id) >> 1 as bigint) {%- endmacro %}
{% macro spark__person_number(row) -%} xxhash64({{ row }}.company_id, {{ row }}.employee_id) {%- endmacro %}

{# The months in which an answer may turn for a relation of days: the month of the day, and the next where it is not its first.
   A January is not listed: it turns for everybody (int_law__aca_turning_month). #}
{% macro turned_months(days, keys) -%}
  select {{ keys }}, {{ month_start('day_of_turn') }} as month_start from {{ days }} where month(day_of_turn) > 1
  union all
  select {{ keys }}, {{ first_of_month_from('day_of_turn') }} as month_start from {{ days }} where day(day_of_turn) > 1 and month(day_of_turn) < 12
{%- endmacro %}
