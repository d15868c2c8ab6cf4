{#- Twice: with the codes a person put in the place of computed ones, and without. -#}
with judged as (
  select
    fact.company_id, fact.employee_id, fact.tax_year, fact.month, fact.month_start
    {%- for prefix, code_14, code_16, is_unknown_16 in [
      ('', 'printed.decided_14', 'printed.decided_16', 'printed.is_unknown_16'),
      ('computed_', 'printed.computed_14', 'printed.computed_16', 'line_16.rule_16 is null'),
    ] %},
    case
      when fact.block_reason is not null then 'unknown'
      when fact.is_employed = false or fact.is_waiting or fact.is_full_time = false then 'not_counted'
      when fact.is_relieved then 'protected'
      when fact.is_employed is null or fact.is_waiting is null or fact.is_full_time is null then 'unknown'
      when {{ code_14 }} is null or {{ is_unknown_16 }} then 'unknown'
      when {{ code_14 }} = '1A' or {{ code_16 }} is not null then 'protected'
      when {{ code_14 }} = '1H' then 'not_offered'
      when {{ code_14 }} = '1F' then 'no_minimum_value'
      else 'no_safe_harbor'
    end as {{ prefix }}kind
    {%- endfor %}
  from {{ ref('int_law__aca_fact_month') }} as fact
  inner join {{ ref('int_law__aca_line_16') }} as line_16
    on fact.company_id = line_16.company_id and fact.employee_id = line_16.employee_id and fact.month_start = line_16.month_start
  inner join {{ ref('int_law__aca_employee_month') }} as printed
    on fact.company_id = printed.company_id and fact.employee_id = printed.employee_id and fact.month_start = printed.month_start
  where fact.block_reason is distinct from 'month_open'
),

notice as (
  select employee_id, tax_year, month from {{ ref('stg_hr__ptc_notice') }} group by employee_id, tax_year, month
),

department_month as (
  select
    judged.company_id, judged.employee_id, judged.month_start, period.department_id,
    row_number() over (
      partition by judged.company_id, judged.employee_id, judged.month_start order by period.start_date desc, period.employment_period_id
    ) as place
  from judged
  inner join {{ ref('stg_hr__employment_period') }} as period
    on judged.company_id = period.company_id and judged.employee_id = period.employee_id
    and period.start_date <= {{ month_end('judged.month_start') }} and {{ open_end('period.end_date') }} >= judged.month_start
)

select
  judged.company_id, judged.employee_id, judged.tax_year, judged.month, judged.month_start, judged.kind, judged.computed_kind,
  judged.kind in ('not_offered', 'no_minimum_value', 'no_safe_harbor') as is_exposed,
  judged.computed_kind in ('not_offered', 'no_minimum_value', 'no_safe_harbor') as is_computed_exposed,
  notice.employee_id is not null as has_credit,
  department_month.department_id
from judged
left join notice
  on judged.employee_id = notice.employee_id and judged.tax_year = notice.tax_year and judged.month = notice.month
left join department_month
  on judged.company_id = department_month.company_id and judged.employee_id = department_month.employee_id
  and judged.month_start = department_month.month_start and department_month.place = 1
where judged.kind not in ('not_counted', 'protected') or judged.computed_kind not in ('not_counted', 'protected') or notice.employee_id is not null
