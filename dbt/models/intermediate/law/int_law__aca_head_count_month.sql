with company_month as (
  select
    known.company_id, known.tax_year, known.month, known.month_start, known.month_end,
    known.has_employment_period, known.is_complete_employment_period,
    coalesce(employer.column_c_day_rule, 'first_day') as day_rule,
    employer.column_c_day_rule is null as is_day_rule_assumed,
    case coalesce(employer.column_c_day_rule, 'first_day')
      when 'first_day' then known.month_start
      when 'twelfth_day' then {{ add_days('known.month_start', 11) }}
      when 'last_day' then known.month_end
    end as count_day
  from {{ ref('int_law__aca_known_month') }} as known
  left join (
    select company_id, tax_year, min(column_c_day_rule) as column_c_day_rule
    from {{ ref('stg_hr__aca_employer_year') }}
    group by company_id, tax_year
  ) as employer
    on known.company_id = employer.company_id and known.tax_year = employer.tax_year
),

present as (
  select company_month.company_id, company_month.month_start, count(distinct span.employee_id) as total_count
  from company_month
  inner join {{ ref('int_law__aca_employment_span') }} as span
    on company_month.company_id = span.company_id
    and span.span_start <= company_month.count_day and span.span_end >= company_month.count_day
  inner join {{ ref('stg_hr__employee') }} as employee on span.employee_id = employee.employee_id
  where coalesce(employee.worker_type, 'employee') in ('employee', 'retiree')
  group by company_month.company_id, company_month.month_start
),

doubt as (
  select company_id, tax_year, min(block_reason) as block_reason
  from {{ ref('int_law__aca_employee_year') }}
  where block_reason is not null
  group by company_id, tax_year
)

select
  company_month.company_id, company_month.tax_year, company_month.month, company_month.month_start,
  company_month.day_rule, company_month.is_day_rule_assumed, company_month.count_day,
  cast(coalesce(present.total_count, 0) as integer) as total_count,
  case
    when not company_month.has_employment_period then 'employment_absent'
    when not company_month.is_complete_employment_period then 'employment_incomplete'
    when doubt.block_reason is not null then doubt.block_reason
    when company_month.count_day is null then 'count_day'
  end as count_reason
from company_month
left join present on company_month.company_id = present.company_id and company_month.month_start = present.month_start
left join doubt on company_month.company_id = doubt.company_id and company_month.tax_year = doubt.tax_year
