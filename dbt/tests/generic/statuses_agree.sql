{# Every listed column is empty exactly where its status says not measured or out of range, and the status is a
   known word; an exact value stands only where the column is out of range. #}
{% test statuses_agree(model, columns, exact_columns=[]) %}
select *
from {{ model }}
where false
{%- for column in columns %}
  or {{ column }}_status is null
  or {{ column }}_status not in ('measured', 'modelled', 'reported', 'not_measured', 'out_of_range')
  or ({{ column }} is null) <> ({{ column }}_status in ('not_measured', 'out_of_range'))
{%- endfor %}
{%- for column in exact_columns %}
  or ({{ column }}_exact is not null) <> ({{ column }}_status = 'out_of_range')
{%- endfor %}
{% endtest %}
