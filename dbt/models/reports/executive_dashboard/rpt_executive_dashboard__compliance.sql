with rule_count as (
  select
    company_id,
    compliance_type,
    cast(count(*) as integer) as rules,
    cast(sum(case when is_evaluated then 1 else 0 end) as integer) as rules_evaluated
  from {{ ref('fct_compliance_check') }}
  group by company_id, compliance_type
)

select
  period.company_id,
  period.report_date as period_end,
  monitoring.compliance_type,
  monitoring.compliance_status,
  monitoring.compliance_score,
  monitoring.violations_detected,
  monitoring.open_violations,
  monitoring.critical_violations,
  coalesce(rule_count.rules, 0) as rules,
  coalesce(rule_count.rules_evaluated, 0) as rules_evaluated
from {{ ref('benefits_analytics_dashboard') }} as period
inner join {{ ref('benefits_compliance_monitoring') }} as monitoring
  on period.company_id = monitoring.company_id and monitoring.provider_config_id is null
left join rule_count
  on monitoring.company_id = rule_count.company_id
  and monitoring.compliance_type = rule_count.compliance_type
where period.provider_config_id is null and period.analysis_period = 'Monthly'
