{# Per company and law: what is broken, and how it weighs; a rule whose table is absent does not count. #}
with absent as (
  select needed.rule_id
  from {{ ref('code_compliance_rule_input') }} as needed
  left join {{ ref('stg_landing__table_state') }} as landed
    on needed.table_name = landed.table_name and landed.state <> 'absent'
  where landed.table_name is null
  group by needed.rule_id
),

judged as (
  select
    company.company_id,
    rule.compliance_type,
    rule.is_evaluated and absent.rule_id is null as is_running,
    rule.basis in ('law', 'plan_terms') as is_binding,
    rule.severity,
    weight.weight,
    coalesce(item.looked_at, 0) as looked_at,
    coalesce(item.broken, 0) as broken
  from {{ ref('stg_hr__company') }} as company
  cross join {{ ref('code_compliance_rule') }} as rule
  inner join {{ ref('code_severity_weight') }} as weight on rule.severity = weight.severity
  left join absent on rule.rule_id = absent.rule_id
  left join {{ ref('recount__rule_item') }} as item
    on company.company_id = item.company_id and rule.rule_id = item.rule_id
  where rule.compliance_type is not null
)

select
  company_id,
  compliance_type as item_id,
  'As of' as analysis_period,
  {{ as_of() }} as period_end,
  max(case when is_running then 1 else 0 end) as runs,
  sum(case when is_running then broken else 0 end) as open,
  sum(case when is_running and is_binding and severity = 'Critical' then broken else 0 end) as critical,
  sum(case when is_running and is_binding and looked_at > 0 then weight end) as weight_looked,
  sum(case when is_running and is_binding and looked_at > 0 then {{ divide('weight * broken', 'looked_at', 12) }} end) as weight_lost
from judged
group by company_id, compliance_type
