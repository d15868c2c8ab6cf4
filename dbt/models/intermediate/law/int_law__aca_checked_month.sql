select
  form.company_id, form.employee_id, form.tax_year, form.month, form.month_start,
  form.line_14, form.line_15, form.line_16, form.line_17, form.age, form.plan_start_month,
  form.reason_14, form.reason_15, form.reason_16,
  amount.takes_amount, amount.takes_zip,
  pair.verdict, pair.words,
  fact.is_employed, fact.is_full_time, fact.is_waiting, fact.is_relieved, fact.is_enrolled, fact.is_self_insured,
  fact.is_cut_by_termination, fact.is_ichra, fact.spouse, fact.is_dependents, fact.price,
  affordable.is_within_mainland_limit, affordable.is_affordable_2g, affordable.limit_2g,
  share.is_offer_share_met,
  law.line_15_limit, law.age_limit
from {{ ref('int_law__aca_employee_month') }} as form
inner join {{ ref('int_law__aca_fact_month') }} as fact
  on form.company_id = fact.company_id and form.employee_id = fact.employee_id and form.decided_from = fact.month_start
inner join {{ ref('int_law__by_tax_year') }} as law on form.tax_year = law.tax_year
left join {{ ref('code_aca_line_15') }} as amount on form.line_14 = amount.line_14
left join {{ ref('code_aca_combination') }} as pair
  on form.line_14 = pair.line_14 and coalesce(form.line_16, case when form.reason_16 is null then 'blank' end) = pair.line_16
left join {{ ref('int_law__aca_affordable_month') }} as affordable
  on fact.facts_id = affordable.turn_id and fact.month between affordable.month and affordable.last_month
left join {{ ref('int_law__aca_offer_share_month') }} as share
  on form.company_id = share.company_id and form.month_start = share.month_start
where form.form = '1095-C'
