{#- One return under 6721, and the same again under 6722. Low: corrected within 30 days, under the cap of a
    small business (nothing here says that the employer is none). High: never corrected. -#}
select
  filed.company_id, filed.tax_year, filed.ein, filed.month,
  filed.is_offered as mec_offer,
  filed.full_time_count,
  filed.total_count as total_employee_count,
  exposure.a_least, exposure.a_most,
  exposure.credit_count > 0 as has_credit,
  cast({{ divide('law.penalty_b_annual', '12') }} as decimal(14,2)) as b_one,
  cast(law.return_penalty_in_30_days as decimal(14,2)) as return_low,
  cast(law.return_penalty as decimal(14,2)) as return_high,
  cast(law.return_penalty_cap_small_in_30_days as decimal(14,2)) as return_cap_low,
  cast(law.return_penalty_cap as decimal(14,2)) as return_cap_high,
  cast(law.small_difference_amount as decimal(14,2)) as small_difference
from {{ ref('int_law__aca_1094c_month') }} as filed
inner join {{ ref('int_law__by_tax_year') }} as law on filed.tax_year = law.tax_year
left join {{ ref('int_law__aca_exposure_month') }} as exposure
  on filed.company_id = exposure.company_id and filed.month_start = exposure.month_start
