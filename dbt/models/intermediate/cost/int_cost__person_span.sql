{# A table of its own, because it is read several times: an engine may compute a named query anew each time. #}
with span as (
  select * from {{ ref('int_cost__enrollment_span') }}
  where person_key is not null
),

person_span as (
  {% for dimension, item in [
    ('company', "''"),
    ('department', "coalesce(department_id, '')"),
    ('benefit_type', "coalesce(benefit_type, '')"),
    ('provider', "coalesce(provider_config_id, '')"),
  ] -%}
  select
    company_id, '{{ dimension }}' as dimension, {{ item }} as item_id, person_key,
    month_from, {{ month_end('month_to') }} as last_day
  from span
  group by company_id, {{ item ~ ', ' if dimension != 'company' }}person_key, month_from, month_to
  {{ 'union all' if not loop.last }}
  {% endfor %}
),

merged as (
  {{ merged_spans('person_span', ['company_id', 'dimension', 'item_id', 'person_key'], 'month_from', 'last_day') }}
)

select company_id, dimension, item_id, person_key, span_start, span_end from merged
