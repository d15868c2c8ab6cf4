with first_month as (
  select company_id, {{ month_start('min(covered_from)') }} as first_covered_month
  from {{ ref('int_enrollment__coverage_interval') }}
  where is_covered
  group by company_id
),

scope as (
  select company_id, cast(null as string) as provider_config_id, '' as scope_key from first_month
  union all
  select company_id, provider_config_id, provider_config_id as scope_key
  from {{ ref('stg_benefits__provider_config') }}
),

spine as (
  select * from {{ ref('int_enrollment__month') }}
  where month_start <= {{ as_of() }}
)

select
  scope.company_id,
  scope.provider_config_id,
  scope.scope_key,
  spine.year,
  spine.month_start,
  spine.month_end,
  spine.month_start >= first_month.first_covered_month as is_shown
from first_month
inner join scope on first_month.company_id = scope.company_id
inner join spine on spine.month_start >= {{ year_start('first_month.first_covered_month') }}
