{# The expression holds in every row; an unknown answer counts as holding, as in a CHECK. `last_month_of` looks at the
   last reported month only, as in unique_combination. #}
{% test holds(model, expression, last_month_of=none) %}
select *
from {{ model }}
where not ({{ expression }})
{% if last_month_of -%}
  and {{ last_month_of }} = {{ as_of_month_end() }}
{% endif -%}
{% endtest %}
