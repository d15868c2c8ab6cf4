{# Known only as it stands: a number in the periods that hold as-of, and nothing in any other. #}
with waiting as (
  select company_id, count(*) as enrollments
  from {{ ref('stg_benefits__enrollment') }}
  where enrollment_status in ('Pending', 'Submitted', 'On Hold')
    and coverage_start_date <= {{ open_end('coverage_end_date') }}
    and coverage_start_date <= {{ open_end('termination_date') }}
  group by company_id
)

select
  span.company_id, '' as item_id, span.analysis_period, span.period_end, 'pending_enrollments' as metric_id,
  cast(case when {{ as_of() }} between span.period_start and span.period_end then coalesce(waiting.enrollments, 0) end
    as decimal(30,4)) as recount
from {{ ref('recount__company_period') }} as span
left join waiting on span.company_id = waiting.company_id
where span.is_shown
