with first_offer as (
  select
    company_id, employee_id, span_number_key.span_start, min(offer.coverage_from) as value_from,
    max(case when offer.is_doubtful then 1 else 0 end) as has_doubt
  from (
    select
      offer.company_id, offer.employee_id, offer.coverage_from, {{ open_end('offer.coverage_to') }} as coverage_to,
      plan.is_mec is null or (plan.is_mec and plan.is_minimum_value is null) as is_doubtful
    from {{ ref('stg_hr__benefit_offer') }} as offer
    inner join {{ ref('stg_hr__benefit_plan') }} as plan on offer.benefit_plan_id = plan.benefit_plan_id
    where offer.reason = 'active' and plan.benefit_type in ('health', 'ichra')
      and coalesce(plan.is_mec, true) and coalesce(plan.is_minimum_value, true)
  ) as offer
  inner join (
    select company_id as span_company_id, employee_id as span_employee_id, span_start
    from {{ ref('int_law__aca_employment_span') }}
  ) as span_number_key
    on offer.company_id = span_number_key.span_company_id and offer.employee_id = span_number_key.span_employee_id
    and offer.coverage_to >= span_number_key.span_start
  group by company_id, employee_id, span_number_key.span_start
),

windowed as (
  select
    employed.*,
    first_offer.value_from,
    coalesce(first_offer.has_doubt, 0) = 1 as has_doubt,
    {{ month_end(add_months(
      'case when day(employed.span_start) = 1 then employed.span_start else ' ~ add_days(month_end('employed.span_start'), 1) ~ ' end',
      'law.waiting_full_months - 1')) }} as window_end,
    {{ month_end(add_months(
      'case when day(employed.class_from) = 1 then employed.class_from else ' ~ add_days(month_end('employed.class_from'), 1) ~ ' end',
      'law.waiting_full_months - 1')) }} as class_window_end
  from {{ ref('int_law__aca_employed_month') }} as employed
  inner join {{ ref('int_law__by_tax_year') }} as law on employed.tax_year = law.tax_year
  left join first_offer
    on employed.company_id = first_offer.company_id and employed.employee_id = first_offer.employee_id
    and employed.span_start = first_offer.span_start
),

judged as (
  select
    windowed.company_id, windowed.employee_id, windowed.tax_year, windowed.month, windowed.month_start,
    case
      when windowed.is_employed is null then windowed.employed_reason
      when not windowed.is_employed then 'no'
      when offer.is_offered and offer.is_minimum_value then 'no'
      when not windowed.is_new_hire and windowed.month_start <= windowed.window_end then 'rehire'
      when windowed.span_start > windowed.month_start then 'L6'
      when person.is_first_ale_year and windowed.month <= 3 then 'first_ale_year'
      when offer.offer_reason is not null then offer.offer_reason
      when windowed.class_low <> windowed.class_high then 'class_mixed'
      when full_time.is_full_time and windowed.class_low <> 'full_time' then 'class_change'
      when windowed.class_low <> 'full_time' then 'no'
      when windowed.class_from > windowed.span_start and windowed.month_start <= windowed.class_window_end then 'class_change'
      when windowed.month_start > windowed.window_end then 'no'
      when windowed.has_doubt then 'plan_value'
      when windowed.value_from <= windowed.month_start then 'no'
      when windowed.value_from <= {{ add_days('windowed.window_end', 1) }} then 'L2'
      when windowed.span_end < {{ add_days('windowed.window_end', 1) }} then 'L2'
      when windowed.value_from is null and {{ as_of() }} <= windowed.window_end then 'offer_pending'
      else 'no'
    end as answer
  from windowed
  inner join {{ ref('int_law__aca_offer_month') }} as offer
    on windowed.company_id = offer.company_id and windowed.employee_id = offer.employee_id and windowed.month_start = offer.month_start
  inner join {{ ref('int_law__aca_full_time_month') }} as full_time
    on windowed.company_id = full_time.company_id and windowed.employee_id = full_time.employee_id
    and windowed.month_start = full_time.month_start
  inner join {{ ref('int_law__aca_employee_year') }} as person
    on windowed.company_id = person.company_id and windowed.employee_id = person.employee_id and windowed.tax_year = person.tax_year
)

select
  company_id, employee_id, tax_year, month, month_start,
  case when answer in ('L2', 'L6') then true when answer = 'no' then false end as is_waiting,
  case when answer in ('L2', 'L6') then answer end as lnap,
  case when answer not in ('L2', 'L6', 'no') then answer end as waiting_reason
from judged
