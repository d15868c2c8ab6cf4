{# Pieces of the recount models. They share no rule with the models they check: arithmetic and dates only. #}

{# Month k of an amount that is spread over n months so that the parts add up to the cent. #}
{% macro recount_share(amount, k, n) -%}
  ({{ divide('(' ~ amount ~ ') * (' ~ k ~ ')', n) }} - {{ divide('(' ~ amount ~ ') * ((' ~ k ~ ') - 1)', n) }})
{%- endmacro %}

{# What a contribution comes to in the month of `month_start`; pay_dates are those of its calendar year. #}
{% macro recount_of_month(amount) -%}
  case contribution_frequency
    when 'Monthly' then {{ amount }}
    when 'Quarterly' then {{ recount_share(amount, 'mod(month(month_start) - 1, 3) + 1', '3') }}
    when 'Annually' then {{ recount_share(amount, 'month(month_start)', '12') }}
    when 'Pay Period' then {{ recount_share(amount ~ ' * pay_dates', 'month(month_start)', '12') }}
  end
{%- endmacro %}

{# Does the budget line `outer` speak of everything that the line `inner` speaks of. #}
{% macro recount_within(inner, outer) -%}
  {%- for p in ['department_id', 'benefit_type', 'provider_config_id'] -%}
    ({{ outer }}.{{ p }} is null or ({{ inner }}.{{ p }} is not null and {{ inner }}.{{ p }} = {{ outer }}.{{ p }})){{ ' and ' if not loop.last }}
  {%- endfor -%}
{%- endmacro %}
