{# Findings remember: the variable parent names the schema in which those of the published parent version
   stand as `finding`, with columns of this model. Without it, or without rows there, every open one is new. #}
with failing as (
  select item.rule_id, item.company_id, item.grain_key, min(item.employee_id) as employee_id
  from {{ ref('int_compliance__item') }} as item
  inner join {{ ref('fct_compliance_check') }} as rule_check
    on item.company_id = rule_check.company_id
    and item.rule_id = rule_check.rule_id
    and rule_check.is_evaluated
  where item.is_failing
  group by item.rule_id, item.company_id, item.grain_key
),

parent as (
{%- if var('parent', '') %}
  select company_id, rule_id, grain_key, employee_id, first_seen, last_seen, resolved_at
  from {{ var('parent') }}.finding
{%- else %}
  select
    cast(null as string) as company_id, cast(null as string) as rule_id, cast(null as string) as grain_key,
    cast(null as string) as employee_id, cast(null as date) as first_seen, cast(null as date) as last_seen,
    cast(null as date) as resolved_at
  from failing where false
{%- endif %}
),

merged as (
  select
    coalesce(failing.company_id, parent.company_id) as company_id,
    coalesce(failing.rule_id, parent.rule_id) as rule_id,
    coalesce(failing.grain_key, parent.grain_key) as grain_key,
    coalesce(failing.employee_id, parent.employee_id) as employee_id,
    failing.rule_id is not null as is_failing,
    case when failing.rule_id is null or parent.resolved_at is null then parent.first_seen end as first_seen,
    parent.last_seen,
    parent.resolved_at
  from failing
  full outer join parent
    on failing.company_id = parent.company_id
    and failing.rule_id = parent.rule_id
    and failing.grain_key = parent.grain_key
),

{# A waiver leaves the finding open and takes it out of the status only (D11, D14). -#}
waiver as (
  select company_id, rule_id, grain_key, max({{ open_end('expires_on') }}) as last_day
  from {{ ref('stg_ledger__waiver') }}
  where {{ open_end('expires_on') }} >= {{ as_of() }}
  group by company_id, rule_id, grain_key
)

select
  {{ uuid5(["'fct_finding'", 'merged.company_id', 'merged.rule_id', 'merged.grain_key']) }} as finding_id,
  merged.company_id,
  merged.rule_id,
  rule_check.compliance_type,
  rule_check.title,
  rule_check.basis,
  rule_check.severity,
  rule_check.status_on_fail,
  rule_check.citation_status,
  merged.grain_key,
  merged.employee_id,
  coalesce(merged.first_seen, {{ as_of() }}) as first_seen,
  case when merged.is_failing then {{ as_of() }} else merged.last_seen end as last_seen,
  case when not merged.is_failing and rule_check.is_evaluated
    then coalesce(merged.resolved_at, {{ as_of() }}) end as resolved_at,
  merged.is_failing and waiver.rule_id is not null as is_waived,
  case when merged.is_failing and waiver.last_day < cast('9999-12-31' as date) then waiver.last_day end as waived_until
from merged
inner join {{ ref('fct_compliance_check') }} as rule_check
  on merged.company_id = rule_check.company_id
  and merged.rule_id = rule_check.rule_id
left join waiver
  on merged.company_id = waiver.company_id
  and merged.rule_id = waiver.rule_id
  and merged.grain_key = waiver.grain_key
