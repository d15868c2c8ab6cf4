{# Every key that is set exists in the parent: one anti-join. A parent without rows is a table that was not
   delivered: its keys are suspended, not broken. #}
{% test belongs_to(model, column_name, to, field) %}
select child.{{ column_name }}
from {{ model }} as child
left join {{ to }} as parent on child.{{ column_name }} = parent.{{ field }}
where child.{{ column_name }} is not null
  and parent.{{ field }} is null
  and exists (select 1 from {{ to }})
{% endtest %}
