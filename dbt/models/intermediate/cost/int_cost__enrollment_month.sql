with context as (
  select * from {{ ref('int_cost__month_context') }}
),

enrollment as (
  select
    enrollment_id,
    contribution_frequency,
    employee_contribution_amount,
    employer_contribution_amount
  from {{ ref('stg_benefits__enrollment') }}
),

pay_dates as (
  select
    company_id,
    pay_frequency,
    cast(year(pay_date) as integer) as year,
    cast(count(distinct pay_date) as integer) as pay_dates
  from {{ ref('stg_hr__pay_calendar') }}
  group by company_id, pay_frequency, cast(year(pay_date) as integer)
),

rate as (
  select * from {{ ref('int_cost__rate_segment') }}
),

spread_rule as (
  select
    context.*,
    enrollment.contribution_frequency,
    enrollment.employee_contribution_amount,
    enrollment.employer_contribution_amount,
    coalesce(class_rate.total_premium_monthly, general_rate.total_premium_monthly) as total_premium_monthly,
    case enrollment.contribution_frequency when 'Pay Period' then pay_dates.pay_dates else 1 end as payments,
    case enrollment.contribution_frequency
      when 'Monthly' then 1 when 'Quarterly' then mod(context.month - 1, 3) + 1 else context.month
    end as k,
    case enrollment.contribution_frequency when 'Monthly' then 1 when 'Quarterly' then 3 else 12 end as n,
    enrollment.contribution_frequency is not null
      and (enrollment.contribution_frequency <> 'Pay Period' or pay_dates.pay_dates is not null) as is_spreadable
  from context
  inner join enrollment on context.enrollment_id = enrollment.enrollment_id
  left join pay_dates
    on context.company_id = pay_dates.company_id
    and context.pay_frequency = pay_dates.pay_frequency
    and context.year = pay_dates.year
  {% for name, class_key in [('class_rate', 'context.contribution_class'), ('general_rate', "''")] -%}
  left join rate as {{ name }}
    on context.is_modelled
    and context.benefit_plan_id = {{ name }}.benefit_plan_id
    and context.level_code = {{ name }}.level_code
    and {{ class_key }} = {{ name }}.class_key
    and context.bearing_day between {{ name }}.segment_from and {{ name }}.segment_to
  {% endfor %}
),

month_amount as (
  select
    *,
    case when is_spreadable then
      case when n = 1 then employee_contribution_amount
        else {{ spread('employee_contribution_amount * payments', 'k', 'n') }} end
    end as employee_amount,
    case when is_spreadable and not is_modelled then
      case when n = 1 then employer_contribution_amount
        else {{ spread('employer_contribution_amount * payments', 'k', 'n') }} end
    end as employer_amount
  from spread_rule
),

cost as (
  select
    *,
    cast(case when is_savings then 0 when not is_savings then employee_amount end as decimal(18,2)) as employee_cost,
    cast(case when is_savings then employee_amount when not is_savings then 0 end as decimal(18,2)) as employee_savings,
    cast(case when is_modelled then total_premium_monthly - employee_amount else employer_amount end as decimal(18,2))
      as employer_cost
  from month_amount
)

select
  enrollment_id,
  company_id,
  employee_id,
  person_key,
  benefit_plan_id,
  provider_config_id,
  department_id,
  cost_category,
  benefit_type,
  month_start,
  month_end,
  bearing_day,
  employee_cost,
  employer_cost,
  cast(case when is_modelled then total_premium_monthly else employee_cost + employer_cost end as decimal(18,2))
    as total_cost,
  employee_savings,
  is_modelled,
  is_response_conflict,
  case when employee_cost is null then 'not_measured' else 'measured' end as employee_cost_status,
  case when employer_cost is null then 'not_measured' when is_modelled then 'modelled' else 'measured' end
    as employer_cost_status,
  case
    when is_modelled and total_premium_monthly is null then 'not_measured'
    when is_modelled then 'modelled'
    when employee_cost is null or employer_cost is null then 'not_measured'
    else 'measured'
  end as total_cost_status,
  case
    when contribution_frequency is null then 'benefits_enrollment.contribution_frequency'
    when not is_spreadable and pay_frequency is null then 'employment_period.pay_frequency'
    when not is_spreadable then 'pay_calendar.pay_date'
    when employee_contribution_amount is null then 'benefits_enrollment.employee_contribution_amount'
    when is_modelled and total_premium_monthly is null then 'plan_rate.total_premium_monthly'
    when not is_modelled and employer_contribution_amount is null
      then 'benefits_enrollment.employer_contribution_amount'
    when is_savings is null then 'benefit_plan.benefit_type'
  end as missing_input
from cost
