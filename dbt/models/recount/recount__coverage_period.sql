{# Enrollments and people covered on any day of a shown period; doubt is coverage against a waived offer. #}
select
  span.company_id,
  span.analysis_period,
  span.period_start,
  span.period_end,
  count(met.enrollment_id) as enrollments,
  count(distinct met.person) as people,
  coalesce(sum(met.at_end), 0) as active,
  coalesce(sum(met.ends_inside), 0) as ended,
  coalesce(sum(met.in_conflict), 0) as doubt,
  coalesce(sum(met.in_conflict * met.at_end), 0) as doubt_active,
  coalesce(sum(met.in_conflict * met.ends_inside), 0) as doubt_ended
from {{ ref('recount__company_period') }} as span
left join {{ ref('recount__covered_period') }} as met
  on span.company_id = met.company_id
  and span.analysis_period = met.analysis_period
  and span.period_end = met.period_end
where span.is_shown
group by span.company_id, span.analysis_period, span.period_start, span.period_end
