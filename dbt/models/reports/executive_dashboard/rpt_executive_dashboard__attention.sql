with period as (
  select
    company_id,
    report_date as period_end,
    {{ month_start('report_date') }} as month_start
  from {{ ref('benefits_analytics_dashboard') }}
  where provider_config_id is null and analysis_period = 'Monthly'
),

feed as (
  select
    period.company_id,
    period.period_end,
    monitoring.provider_config_id,
    count(*) as days_reported,
    sum(case when not monitoring.sla_compliance then 1 else 0 end) as days_below
  from period
  inner join {{ ref('benefits_integration_monitoring') }} as monitoring
    on period.company_id = monitoring.company_id
    and monitoring.monitoring_date between period.month_start and period.period_end
  where monitoring.sla_compliance is not null
  group by period.company_id, period.period_end, monitoring.provider_config_id
),

late_feed as (
  select company_id, period_end, count(*) as feeds
  from feed
  where days_below > 0
  group by company_id, period_end
),

listed as (
  select
    period.company_id, period.period_end, 'finding' as kind, rule_check.severity, rule_check.rule_id as item_id,
    rule_check.title as item_name, rule_check.compliance_type as law,
    rule_check.open_count as size, rule_check.evaluated_count as size_of, 'finding' as size_unit,
    'Compliance' as owner, rule_check.basis in ('law', 'plan_terms') as is_law, true as is_as_of
  from period
  inner join {{ ref('fct_compliance_check') }} as rule_check on period.company_id = rule_check.company_id
  left join late_feed
    on period.company_id = late_feed.company_id and period.period_end = late_feed.period_end
  where rule_check.open_count > 0
    {# The feeds of the month stand below by name. #}
    and not (rule_check.rule_id = 'IND-005' and late_feed.company_id is not null)
  union all
  select
    feed.company_id, feed.period_end, 'feed' as kind, 'Medium' as severity, feed.provider_config_id as item_id,
    coalesce(provider.provider_name, 'A provider') || ' feed is below its service level' as item_name,
    cast(null as string) as law,
    cast(feed.days_below as integer) as size, cast(feed.days_reported as integer) as size_of, 'day' as size_unit,
    'Benefits Admin' as owner, false as is_law, false as is_as_of
  from feed
  left join {{ ref('dim_provider') }} as provider on feed.provider_config_id = provider.provider_config_id
  where feed.days_below > 0
)

select
  company_id,
  period_end,
  cast(row_number() over (
    partition by company_id, period_end
    order by
      case severity when 'Critical' then 1 when 'High' then 2 when 'Medium' then 3 else 4 end,
      case when is_law then 0 else 1 end, size desc, item_name, item_id
  ) as integer) as position,
  kind,
  severity,
  item_id,
  item_name,
  law,
  size,
  size_of,
  size_unit,
  owner,
  is_law,
  is_as_of
from listed
