select
  company_id, tax_year, ein, month, is_offered as mec_offer,
  full_time_count,
  case when reduction_least = reduction_most then reduction_most end as reduction,
  exposed_count, credit_exposed_count, unknown_count, margin_people,
  a_low, a_high, b_low, b_high,
  cast(case when is_offered = false then a_low when is_offered then b_low else 0 end as decimal(14,2)) as total_low,
  cast({{ larger('a_high', 'b_high') }} as decimal(14,2)) as total_high
from {{ ref('int_law__aca_exposure_month') }}
