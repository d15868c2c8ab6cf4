with waived as (
  select company_id, rule_id, count(*) as waived
  from {{ ref('fct_finding') }}
  where is_waived
  group by company_id, rule_id
),

rule_check as (
  select
    rule_check.*,
    coalesce(waived.waived, 0) as waived_count,
    rule_check.open_count - coalesce(waived.waived, 0) as unwaived_count,
    rule_check.basis in ('law', 'plan_terms') as is_binding,
    weight.weight,
    frequency.rank as frequency_rank,
    frequency.interval_days
  from {{ ref('fct_compliance_check') }} as rule_check
  inner join {{ ref('code_severity_weight') }} as weight on rule_check.severity = weight.severity
  inner join {{ ref('code_monitoring_frequency') }} as frequency
    on rule_check.monitoring_frequency = frequency.monitoring_frequency
  left join waived
    on rule_check.company_id = waived.company_id
    and rule_check.rule_id = waived.rule_id
  where rule_check.compliance_type is not null
),

weighed as (
  select
    *,
    case when is_binding and evaluated_count > 0 then weight end as looked_weight,
    case when is_binding and evaluated_count > 0
      then {{ divide('weight * open_count', 'evaluated_count', 12) }} end as failing_weight
  from rule_check
),

resolved as (
  select company_id, compliance_type, count(*) as resolved
  from {{ ref('fct_finding') }}
  where resolved_at between {{ year_start(as_of()) }} and {{ as_of() }}
  group by company_id, compliance_type
),

summed as (
  select
    company_id,
    compliance_type,
    max(case when is_evaluated then 1 else 0 end) = 1 as has_result,
    sum(open_count) as open_findings,
    sum(case when is_binding and severity = 'Critical' then open_count else 0 end) as critical_findings,
    sum(case when is_binding and status_on_fail = 'Non-Compliant' then unwaived_count else 0 end) as failures,
    sum(case when is_binding then unwaived_count else 0 end) as binding_findings,
    sum(case when is_binding and not is_evaluated then 1 else 0 end) as unevaluated,
    sum(looked_weight) as looked_weight,
    sum(failing_weight) as failing_weight,
    min(frequency_rank) as frequency_rank,
    min(interval_days) as interval_days,
    {{ json_list("'{\"rule_id\":' || " ~ json_string('rule_id') ~ " || ',\"title\":' || " ~ json_string('title')
      ~ " || ',\"basis\":' || " ~ json_string('basis') ~ " || ',\"severity\":' || " ~ json_string('severity')
      ~ " || ',\"citation\":' || " ~ json_string('citation') ~ " || ',\"citation_status\":' || "
      ~ json_string('citation_status') ~ " || '}'", 'rule_id') }} as compliance_rules,
    {{ json_list("case when is_evaluated then '{\"rule_id\":' || " ~ json_string('rule_id') ~ " || ',\"open\":' || "
      ~ json_number('open_count') ~ " || ',\"evaluated\":' || " ~ json_number('evaluated_count')
      ~ " || case when waived_count > 0 then ',\"waived\":' || " ~ json_number('waived_count') ~ " else '' end || '}' else '{\"rule_id\":' || " ~ json_string('rule_id') ~ " || ',\"missing\":' || "
      ~ json_string('missing_input') ~ " || '}' end", 'rule_id') }} as monitoring_results
  from weighed
  group by company_id, compliance_type
),

scored as (
  select
    *,
    {{ divide('100 * (looked_weight - failing_weight)', 'looked_weight', 2, 12) }} as full_score
  from summed
),

figures as (
  select
    scored.*,
    case when scored.critical_findings > 0 and scored.full_score > {{ threshold('SCORE', 'ceiling_while_critical') }}
      then cast({{ threshold('SCORE', 'ceiling_while_critical') }} as decimal(30,2)) else scored.full_score end as score,
    {% if var('parent', '') %}case when (select count(*) from {{ var('parent') }}.version) > 0
      then coalesce(resolved.resolved, 0) end{% else %}cast(null as bigint){% endif %} as resolved_findings,
    frequency.monitoring_frequency
  from scored
  inner join {{ ref('code_monitoring_frequency') }} as frequency on scored.frequency_rank = frequency.rank
  left join resolved
    on scored.company_id = resolved.company_id
    and scored.compliance_type = resolved.compliance_type
)

select
  {{ uuid5(["'benefits_compliance_monitoring'", 'company_id', "''", 'compliance_type']) }} as id,
  company_id,
  cast(null as string) as provider_config_id,
  compliance_type,
  monitoring_frequency,
  case when has_result then cast({{ as_of() }} as timestamp) end as last_check_date,
  case when has_result then cast({{ add_days(as_of(), 'interval_days') }} as timestamp) end as next_check_date,
  case
    when failures > 0 then 'Non-Compliant'
    when binding_findings > 0 then 'Warning'
    when unevaluated > 0 then 'Under Review'
    else 'Compliant'
  end as compliance_status,
  'measured' as compliance_status_status,
  {{ measured('compliance_score', 'score', "'measured'", 5, least='0', most='100') }},
  {{ counted('violations_detected', 'case when has_result then open_findings + coalesce(resolved_findings, 0) end') }},
  {{ counted('critical_violations', 'case when has_result then critical_findings end') }},
  {{ counted('violations_resolved', 'case when has_result then resolved_findings end') }},
  {{ counted('open_violations', 'case when has_result then open_findings end') }},
  compliance_rules,
  'measured' as compliance_rules_status,
  monitoring_results,
  'measured' as monitoring_results_status,
  {% for column in ['remediation_actions', 'regulatory_updates', 'audit_trail', 'risk_assessment', 'compliance_reports', 'notification_settings'] -%}
  {{ not_measured(column, 'string') }},
  {% endfor -%}
  false as auto_remediation_enabled,
  {% for column in ['escalation_rules', 'hipaa_audit_logs', 'phi_access_monitoring'] -%}
  {{ not_measured(column, 'string') }},
  {% endfor -%}
  cast(null as string) as created_by_user_id,
  cast(null as string) as updated_by_user_id,
  cast({{ as_of() }} as timestamp) as created_at,
  cast({{ as_of() }} as timestamp) as updated_at
from figures
