{%- set parameters = [
  'required_contribution_pct', 'fpl_single_mainland', 'fpl_single_alaska', 'fpl_single_hawaii',
  'fpl_effective_day_of_year', 'full_time_hours_month', 'rate_of_pay_hours_month',
  'offer_share_pct', 'offer_allowance_people', 'affordable_offer_share_pct', 'line_15_limit', 'age_limit',
  'penalty_a_annual', 'penalty_b_annual', 'penalty_reduction_people', 'waiting_full_months', 'first_year_relief_months',
  'full_time_hours_four_weeks', 'full_time_hours_five_weeks', 'break_weeks', 'break_weeks_educational', 'parity_break_weeks',
  'measurement_months_least', 'measurement_months_most', 'admin_days_most', 'stability_months_least',
  'educational_break_weeks', 'educational_credit_hours', 'equivalency_hours_day', 'equivalency_hours_week',
  'return_penalty', 'return_penalty_by_august', 'return_penalty_in_30_days',
  'return_penalty_cap', 'return_penalty_cap_small_in_30_days', 'small_difference_amount'
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
