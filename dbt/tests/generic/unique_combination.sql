{# No two rows share the columns; unknown parts count as equal. `last_month_of` names the month-end column of a view
   over tested intervals: its reported months are all made alike, so the last one is looked at. #}
{% test unique_combination(model, columns, last_month_of=none) %}
select {{ columns | join(', ') }}
from {{ model }}
{% if last_month_of -%}
where {{ last_month_of }} = {{ as_of_month_end() }}
{% endif -%}
group by {{ columns | join(', ') }}
having count(*) > 1
{% endtest %}
