{%- set parameters = [
  'required_contribution_pct', 'fpl_single_mainland', 'fpl_single_alaska', 'fpl_single_hawaii',
  'fpl_effective_day_of_year', 'full_time_hours_month', 'rate_of_pay_hours_month',
  'offer_share_pct', 'offer_allowance_people', 'waiting_full_months'
] -%}
select
  tax_year,
  {%- for parameter in parameters %}
  max(case when parameter = '{{ parameter }}' then value end) as {{ parameter }},
  {%- endfor %}
  cast(sum(case when status = 'recalled' then 1 else 0 end) as integer) as recalled_count,
  cast(count(*) as integer) as parameter_count
from {{ ref('law_aca') }}
group by tax_year
