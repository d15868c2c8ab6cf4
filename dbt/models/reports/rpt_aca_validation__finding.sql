with found as (
  select company_id, employee_id, tax_year, month, rule_id, words from {{ ref('int_law__aca_check_month') }}
  union all
  select company_id, employee_id, tax_year, cast(null as integer) as month, rule_id, cast(null as string) as words
  from {{ ref('int_law__aca_check_person') }}
  union all
  select company_id, employee_id, tax_year, cast(null as integer) as month, rule_id, cast(null as string) as words
  from {{ ref('int_law__aca_check_identity') }}
  union all
  select company_id, cast(null as string) as employee_id, tax_year, month, rule_id, cast(null as string) as words
  from {{ ref('int_law__aca_check_employer') }}
  union all
  select company_id, employee_id, tax_year, month, rule_id, words from {{ ref('int_law__aca_check_override') }}
),

employer as (
  select company_id, tax_year, min(ein) as ein from {{ ref('int_law__aca_form') }} group by company_id, tax_year
)

select
  found.company_id, found.employee_id, found.tax_year, employer.ein,
  form.employee_number,
  cast(found.month as integer) as month,
  rule.box,
  found.rule_id,
  rule.severity,
  cast(case rule.severity when 'error' then 1 when 'warning' then 2 else 3 end as integer) as severity_order,
  month_of.line_14, cast(month_of.line_15 as decimal(12,2)) as line_15, month_of.line_16,
  case when rule.level = 'override' then rule.message || ' (' || found.words || ')' else coalesce(found.words, rule.message) end as message,
  rule.fix as suggested_fix,
  rule.citation
from found
inner join {{ ref('code_aca_check') }} as rule on found.rule_id = rule.rule_id
inner join employer on found.company_id = employer.company_id and found.tax_year = employer.tax_year
left join {{ ref('int_law__aca_form') }} as form
  on found.company_id = form.company_id and found.employee_id = form.employee_id and found.tax_year = form.tax_year
left join {{ ref('int_law__aca_employee_month') }} as month_of
  on found.company_id = month_of.company_id and found.employee_id = month_of.employee_id
  and found.tax_year = month_of.tax_year and found.month = month_of.month
