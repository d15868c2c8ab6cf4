{#- Twice: with the codes a person put in the place of computed ones, and without. -#}
with decided as (
  select
    fact.company_id, fact.employee_id, fact.tax_year, fact.month, fact.last_month, fact.month_start as decided_from
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
    on fact.turn_id = line_16.turn_id
  inner join {{ ref('int_law__aca_decided_month') }} as printed
    on fact.turn_id = printed.turn_id
  where fact.block_reason is distinct from 'month_open'
),

notice as (
  select employee_id, tax_year, month from {{ ref('stg_hr__ptc_notice') }} group by employee_id, tax_year, month
),

listed as (
  select
    decided.company_id, decided.employee_id, decided.tax_year, month_of_year.month, month_of_year.month_start, decided.decided_from,
    decided.kind, decided.computed_kind, notice.employee_id is not null as has_credit
  from decided
  inner join {{ ref('int_law__aca_month') }} as month_of_year
    on decided.tax_year = month_of_year.tax_year and month_of_year.month between decided.month and decided.last_month
  left join notice
    on decided.employee_id = notice.employee_id and decided.tax_year = notice.tax_year and month_of_year.month = notice.month
  where decided.kind not in ('not_counted', 'protected') or decided.computed_kind not in ('not_counted', 'protected')
    or notice.employee_id is not null
),

department_month as (
  select
    listed.company_id, listed.employee_id, listed.month_start, period.department_id,
    row_number() over (
      partition by listed.company_id, listed.employee_id, listed.month_start order by period.start_date desc, period.employment_period_id
    ) as place
  from listed
  inner join {{ ref('stg_hr__employment_period') }} as period
    on listed.company_id = period.company_id and listed.employee_id = period.employee_id
    and period.start_date <= {{ month_end('listed.month_start') }} and {{ open_end('period.end_date') }} >= listed.month_start
)

select
  listed.company_id, listed.employee_id, listed.tax_year, listed.month, listed.month_start, listed.decided_from,
  listed.kind, listed.computed_kind,
  listed.kind in ('not_offered', 'no_minimum_value', 'no_safe_harbor') as is_exposed,
  listed.computed_kind in ('not_offered', 'no_minimum_value', 'no_safe_harbor') as is_computed_exposed,
  listed.has_credit,
  department_month.department_id
from listed
left join department_month
  on listed.company_id = department_month.company_id and listed.employee_id = department_month.employee_id
  and listed.month_start = department_month.month_start and department_month.place = 1
