select
  exposure.company_id, exposure.tax_year, exposure.ein, exposure.month,
  exposure.is_offered as mec_offer, exposure.full_time_count, exposure.exposed_count, exposure.unknown_count, exposure.margin_people,
  cast(case when exposure.margin_people < 0 then 0 - exposure.margin_people when exposure.margin_people >= 0 then 0 end as integer) as people_to_offer,
  exposure.a_high, exposure.b_high
from {{ ref('int_law__aca_exposure_month') }} as exposure
where exposure.tax_year = year({{ as_of() }})
