{# No two spans of one owner touch; an unknown last day is open. #}
{% test spans_apart(model, keys, first, last) %}
select *
from (
  select
    {{ keys | join(', ') }},
    {{ open_end(last) }} as last_day,
    lead({{ first }}) over (partition by {{ keys | join(', ') }} order by {{ first }}, {{ last }}) as next_first
  from {{ model }}
) as ordered
where next_first <= last_day
{% endtest %}
