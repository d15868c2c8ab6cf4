with piece as (
  select * from {{ ref('int_cost__enrollment_piece') }}
),

enrollment as (
  select enrollment_id, contribution_frequency, employee_contribution_amount, employer_contribution_amount
  from {{ ref('stg_benefits__enrollment') }}
),

segment as (
  select * from {{ ref('int_enrollment__employment_segment') }}
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

employed as (
  select
    piece.*,
    cast(year(piece.month_from) as integer) as year,
    segment.department_id,
    segment.pay_frequency,
    segment.contribution_class
  from piece
  left join segment
    on piece.employee_id = segment.employee_id
    and piece.bearing_day >= segment.segment_from
    and piece.bearing_day <= {{ open_end('segment.segment_to') }}
),

paid as (
  select
    employed.*,
    enrollment.contribution_frequency,
    coalesce(class_rate.total_premium_monthly, general_rate.total_premium_monthly) as premium,
    case enrollment.contribution_frequency when 'Monthly' then 1 when 'Quarterly' then 3 else 12 end as spread_months,
    enrollment.contribution_frequency is not null
      and (enrollment.contribution_frequency <> 'Pay Period' or pay_dates.pay_dates is not null) as is_spreadable,
    enrollment.employee_contribution_amount,
    enrollment.employer_contribution_amount,
    case enrollment.contribution_frequency when 'Pay Period' then pay_dates.pay_dates else 1 end as payments
  from employed
  inner join enrollment on employed.enrollment_id = enrollment.enrollment_id
  left join pay_dates
    on employed.company_id = pay_dates.company_id
    and employed.pay_frequency = pay_dates.pay_frequency
    and employed.year = pay_dates.year
  {% for name, class_key in [('class_rate', 'employed.contribution_class'), ('general_rate', "''")] -%}
  left join rate as {{ name }}
    on employed.benefit_plan_id = {{ name }}.benefit_plan_id
    and employed.rated_level = {{ name }}.level_code
    and {{ class_key }} = {{ name }}.class_key
    and employed.bearing_day between {{ name }}.segment_from and {{ name }}.segment_to
  {% endfor %}
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
  is_savings,
  is_modelled,
  is_response_conflict,
  covered_from,
  month_from,
  month_to,
  cast(spread_months as integer) as spread_months,
  case when is_spreadable then cast(employee_contribution_amount * payments as decimal(18,2)) end as employee_amount,
  case when is_spreadable and not is_modelled then cast(employer_contribution_amount * payments as decimal(18,2)) end
    as employer_amount,
  case when is_modelled then cast(premium as decimal(18,2)) end as premium,
  case
    when contribution_frequency is null then 'benefits_enrollment.contribution_frequency'
    when not is_spreadable and pay_frequency is null then 'employment_period.pay_frequency'
    when not is_spreadable then 'pay_calendar.pay_date'
    when employee_contribution_amount is null then 'benefits_enrollment.employee_contribution_amount'
    when is_modelled and premium is null then 'plan_rate.total_premium_monthly'
    when not is_modelled and employer_contribution_amount is null
      then 'benefits_enrollment.employer_contribution_amount'
    when is_savings is null then 'benefit_plan.benefit_type'
  end as missing_input
from paid
