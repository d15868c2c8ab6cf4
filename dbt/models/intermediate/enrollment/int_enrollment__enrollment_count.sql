with coverage as (
  select * from {{ ref('int_enrollment__coverage_interval') }}
  where is_covered
),

spine as (
  select * from {{ ref('int_enrollment__month') }}
  where month_start <= {{ as_of() }}
),

covered_month as (
  select
    coverage.company_id,
    coverage.provider_config_id,
    spine.month_start,
    spine.month = 1 or coverage.covered_from >= spine.month_start as is_first_in_year,
    {{ open_end('coverage.covered_to') }} >= spine.month_end as is_active,
    {{ open_end('coverage.covered_to') }} <= spine.month_end as is_ended,
    coverage.is_response_conflict
  from coverage
  inner join spine
    on coverage.covered_from <= spine.month_end
    and {{ open_end('coverage.covered_to') }} >= spine.month_start
)

select
  company_id,
  provider_config_id,
  month_start,
  count(*) as covered,
  sum(case when is_first_in_year then 1 else 0 end) as covered_first,
  sum(case when is_active then 1 else 0 end) as active,
  sum(case when is_ended then 1 else 0 end) as ended,
  sum(case when is_response_conflict then 1 else 0 end) as conflict,
  sum(case when is_response_conflict and is_first_in_year then 1 else 0 end) as conflict_first,
  sum(case when is_response_conflict and is_active then 1 else 0 end) as conflict_active,
  sum(case when is_response_conflict and is_ended then 1 else 0 end) as conflict_ended
from covered_month
group by company_id, provider_config_id, month_start
