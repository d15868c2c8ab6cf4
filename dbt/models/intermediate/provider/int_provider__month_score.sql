with scored as (
  select
    company_id,
    provider_config_id,
    {{ month_start('monitoring_date') }} as month_start,
    performance_score,
    row_number() over (
      partition by company_id, provider_config_id, {{ month_start('monitoring_date') }}
      order by monitoring_date desc
    ) as place
  from {{ ref('int_provider__monitoring_day') }}
  where performance_score is not null
)

select company_id, provider_config_id, month_start, performance_score
from scored
where place = 1
