{# What each provider's feed reported on a day up to as-of; of several rows the one written last stands. #}
with ranked as (
  select
    *,
    row_number() over (
      partition by company_id, provider_config_id, monitoring_date
      order by case when updated_at is null then 1 else 0 end, updated_at desc,
        case when created_at is null then 1 else 0 end, created_at desc, stored_integration_monitoring_id desc
    ) as place
  from {{ ref('stg_benefits__stored_integration_monitoring') }}
  where monitoring_date <= {{ as_of() }}
)

select
  company_id, provider_config_id, monitoring_date, performance_score,
  sync_success_rate, data_accuracy_score, sla_compliance
from ranked
where place = 1
