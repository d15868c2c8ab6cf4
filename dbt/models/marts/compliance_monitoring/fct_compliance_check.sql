with rule as (
  select * from {{ ref('code_compliance_rule') }}
),

absent as (
  select rule_input.rule_id, min(rule_input.table_name || '.' || rule_input.column_name) as missing_input
  from {{ ref('code_compliance_rule_input') }} as rule_input
  left join {{ ref('stg_landing__table_state') }} as table_state
    on rule_input.table_name = table_state.table_name
  where coalesce(table_state.state, 'absent') = 'absent'
  group by rule_input.rule_id
),

counted as (
  select
    company_id,
    rule_id,
    count(*) as evaluated,
    sum(case when is_failing then 1 else 0 end) as failing
  from {{ ref('int_compliance__item') }}
  group by company_id, rule_id
),

judged as (
  select
    company.company_id,
    rule.*,
    absent.missing_input as absent_input,
    rule.is_evaluated and absent.rule_id is null as has_result,
    coalesce(counted.evaluated, 0) as evaluated,
    coalesce(counted.failing, 0) as failing
  from {{ ref('stg_hr__company') }} as company
  cross join rule
  left join absent on rule.rule_id = absent.rule_id
  left join counted
    on company.company_id = counted.company_id
    and rule.rule_id = counted.rule_id
)

select
  company_id,
  rule_id,
  compliance_type,
  title,
  basis,
  citation,
  citation_status,
  severity,
  monitoring_frequency,
  status_on_fail,
  {{ as_of() }} as check_date,
  has_result as is_evaluated,
  cast(case when has_result then evaluated end as integer) as evaluated_count,
  cast(case when has_result then failing end as integer) as open_count,
  case when not has_result then coalesce(absent_input, missing_input) end as missing_input
from judged
