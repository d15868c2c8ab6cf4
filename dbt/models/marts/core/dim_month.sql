select
  month_start,
  month_end,
  month_start <= {{ as_of() }} as is_reported
from {{ ref('int_enrollment__month') }}
