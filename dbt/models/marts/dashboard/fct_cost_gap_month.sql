select
  span.company_id,
  spine.month_start,
  spine.month_end,
  span.missing_input,
  cast(count(*) as integer) as enrollments
from {{ ref('int_cost__enrollment_span') }} as span
inner join {{ ref('int_enrollment__month') }} as spine
  on spine.month_start between span.month_from and span.month_to
where span.missing_input is not null
group by span.company_id, spine.month_start, spine.month_end, span.missing_input
