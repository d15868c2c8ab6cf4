{# Money of each Schedule A in whole dollars; totals are sums of the rounded parts, a blank part adds nothing. #}
with contract as (
  select * from {{ ref('int_law__form_5500_contract') }} where is_on_schedule_a
),

{% set amounts = ['premiums_paid', 'premiums_due_change', 'unearned_reserve_change', 'premiums_earned', 'claims_paid',
  'claims_reserve_change', 'claims_charged', 'retention_commissions', 'retention_administration', 'retention_acquisition',
  'retention_expenses', 'retention_taxes', 'retention_risk', 'retention_other', 'dividends_credited', 'reserve_held',
  'claim_reserve', 'other_reserves', 'dividends_due', 'nonexperience_premiums', 'acquisition_costs'] -%}
{% set experience = amounts[:19] -%}
unit as (
  select
    schedule_a_id,
    {% for amount in amounts -%}
    {{ dollars(whole_sum(amount)) }} as {{ amount }},
    {% endfor -%}
    {% for amount in experience %}count({{ amount }}){{ ' + ' if not loop.last }}{% endfor %} as experience_given,
    count(nonexperience_premiums) as nonexperience_given,
    case when {% for amount in amounts %}count({{ amount }}) not in (0, count(*)){{ ' or ' if not loop.last }}{% endfor %}
      then 1 else 0 end as is_mixed,
    max({{ checked('is_experience_rated') }}) as most_experience,
    min({{ checked('is_experience_rated') }}) as least_experience,
    count(is_experience_rated) as rating_given,
    count(*) as contracts
  from contract
  group by schedule_a_id
)

select
  schedule_a_id,
  {% for amount in amounts -%}
  {{ amount }},
  {% endfor -%}
  is_mixed = 1 as is_mixed,
  case
    when rating_given = contracts and most_experience = least_experience then most_experience = 1
    when rating_given = 0 and experience_given > 0 and nonexperience_given = 0 then true
    when rating_given = 0 and experience_given = 0 and nonexperience_given > 0 then false
  end as is_experience_rated,
  experience_given > 0 as has_experience_amounts,
  coalesce(premiums_paid, 0) + coalesce(premiums_due_change, 0) - coalesce(unearned_reserve_change, 0) as earned_total,
  coalesce(claims_paid, 0) + coalesce(claims_reserve_change, 0) as incurred_total,
  coalesce(retention_commissions, 0) + coalesce(retention_administration, 0) + coalesce(retention_acquisition, 0)
    + coalesce(retention_expenses, 0) + coalesce(retention_taxes, 0) + coalesce(retention_risk, 0)
    + coalesce(retention_other, 0) as retention_total
from unit
