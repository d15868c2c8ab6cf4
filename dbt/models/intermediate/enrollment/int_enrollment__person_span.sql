{# Unbroken runs of months, by person and scope: the whole company, and each provider. #}
{% set facts = [
  ('covered', 'int_enrollment__coverage_interval', 'covered_from', 'covered_to', 'is_covered and person_key is not null'),
  ('offered', 'int_enrollment__offer_interval', 'coverage_from', 'coverage_to',
    'coverage_from <= ' ~ open_end('coverage_to')),
] -%}
with known as (
  {% for kind, model, first, last, condition in facts -%}
  select
    '{{ kind }}' as kind,
    company_id,
    provider_config_id,
    person_key,
    {{ month_start(first) }} as month_from,
    case when {{ open_end(last) }} < {{ as_of_month_end() }} then {{ month_end(last) }} else {{ as_of_month_end() }} end
      as last_day
  from {{ ref(model) }}
  where {{ condition }} and {{ first }} <= {{ as_of_month_end() }}
  {{ 'union all' if not loop.last }}
  {% endfor %}
),

scoped as (
  select kind, company_id, provider_config_id as scope_key, person_key, month_from, last_day
  from known
  where provider_config_id is not null
  group by kind, company_id, provider_config_id, person_key, month_from, last_day
  union all
  select kind, company_id, '' as scope_key, person_key, month_from, last_day
  from known
  group by kind, company_id, person_key, month_from, last_day
),

merged as (
  {{ merged_spans('scoped', ['kind', 'company_id', 'scope_key', 'person_key'], 'month_from', 'last_day') }}
)

select kind, company_id, scope_key, person_key, span_start, span_end from merged
