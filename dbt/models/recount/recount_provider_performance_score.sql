{# The last score a provider's feed reported in the period. #}
with scored as (
  select
    span.company_id, span.analysis_period, span.period_end, latest.provider_config_id, latest.performance_score,
    row_number() over (
      partition by span.company_id, span.analysis_period, span.period_end, latest.provider_config_id
      order by latest.monitoring_date desc
    ) as place
  from {{ ref('recount__company_period') }} as span
  inner join {{ ref('recount__feed_day') }} as latest
    on span.company_id = latest.company_id
    and latest.monitoring_date between span.period_start and span.period_end
  where latest.performance_score is not null
)

select
  span.company_id, provider.provider_config_id as item_id, span.analysis_period, span.period_end,
  'provider_performance_score' as metric_id,
  cast(scored.performance_score as decimal(30,4)) as recount
from {{ ref('recount__company_period') }} as span
inner join {{ ref('stg_benefits__provider_config') }} as provider on span.company_id = provider.company_id
left join scored
  on span.company_id = scored.company_id
  and span.analysis_period = scored.analysis_period
  and span.period_end = scored.period_end
  and provider.provider_config_id = scored.provider_config_id
  and scored.place = 1
where span.is_shown
