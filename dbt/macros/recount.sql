{# Pieces of the recount models. They share no rule with the models they check: arithmetic and dates only. #}

{# Month k of an amount, paid `times` over, that is spread over n months so that the parts add up to the cent: whole cents,
   by remainders. #}
{% macro recount_share(amount, k, n, times='1') -%}
  (cast(({{ recount_cents(amount, k, n, times) }} - {{ recount_cents(amount, '(' ~ k ~ ') - 1', n, times) }})
    * case when ({{ amount }}) < 0 then -1 else 1 end as decimal(16,0)) * cast('0.01' as decimal(2,2)))
{%- endmacro %}

{# The cents of k parts out of n of an amount without its sign; half a cent counts as one. #}
{% macro recount_cents(amount, k, n, times) -%}
{%- set cents = 'cast(abs(' ~ amount ~ ') * 100 as bigint) * ' ~ times ~ ' * (' ~ k ~ ')' -%}
  ({{ recount_whole_part(cents, n) }} + case when 2 * mod({{ cents }}, {{ n }}) >= {{ n }} then 1 else 0 end)
{%- endmacro %}

{% macro recount_whole_part(count, n) -%}
  {{ return(adapter.dispatch('recount_whole_part', 'benefits_warehouse')(count, n)) }}
{%- endmacro %}
{% macro default__recount_whole_part(count, n) -%} (({{ count }}) // {{ n }}) {%- endmacro %}
{% macro spark__recount_whole_part(count, n) -%} (({{ count }}) div {{ n }}) {%- endmacro %}

{# What a contribution comes to in the month of `month_start`; pay_dates are those of its calendar year. #}
{% macro recount_of_month(amount) -%}
  case contribution_frequency
    when 'Monthly' then {{ amount }}
    when 'Quarterly' then {{ recount_share(amount, 'mod(month(month_start) - 1, 3) + 1', '3') }}
    when 'Annually' then {{ recount_share(amount, 'month(month_start)', '12') }}
    when 'Pay Period' then {{ recount_share(amount, 'month(month_start)', '12', 'pay_dates') }}
  end
{%- endmacro %}

{# Does the budget line `outer` speak of everything that the line `inner` speaks of. #}
{% macro recount_within(inner, outer) -%}
  {%- for p in ['department_id', 'benefit_type', 'provider_config_id'] -%}
    ({{ outer }}.{{ p }} is null or ({{ inner }}.{{ p }} is not null and {{ inner }}.{{ p }} = {{ outer }}.{{ p }})){{ ' and ' if not loop.last }}
  {%- endfor -%}
{%- endmacro %}
