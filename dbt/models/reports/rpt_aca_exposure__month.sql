select
  company_id, tax_year, ein, month, is_offered as mec_offer,
  full_time_count,
  case when reduction_least = reduction_most then reduction_most end as reduction,
  exposed_count, credit_exposed_count, unknown_count, margin_people,
  a_low, a_high, b_low, b_high,
  {%- for prefix in ['', 'computed_'] %}
  cast(case when is_offered = false then a_low when is_offered then {{ prefix }}b_low else 0 end as decimal(14,2)) as {{ prefix }}total_low,
  cast({{ larger('a_high', prefix ~ 'b_high') }} as decimal(14,2)) as {{ prefix }}total_high{{ ',' if not loop.last }}
  {%- endfor %}
from {{ ref('int_law__aca_exposure_month') }}
