{# The expression holds in every row; an unknown answer counts as holding, as in a CHECK. #}
{% test holds(model, expression) %}
select *
from {{ model }}
where not ({{ expression }})
{% endtest %}
