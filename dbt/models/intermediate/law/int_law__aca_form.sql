with month_fact as (
  select
    fact.company_id, fact.employee_id, fact.tax_year,
    fact.last_month - fact.month + 1 as months,
    case when fact.block_reason is null and fact.is_employed then 1 else 0 end as is_employed,
    case when fact.block_reason is null and fact.is_employed = false then 1 else 0 end as is_not_employed,
    case
      when fact.block_reason is not null then 0
      when line_16.line_16 in ('2A', '2D') then 0
      when line_16.rule_16 is not null then 1
      when fact.is_employed and fact.is_waiting = false then 1
      else 0
    end as is_counted,
    case when fact.block_reason is null and line_16.line_16 in ('2A', '2D') then 1 else 0 end as is_excluded,
    coalesce(fact.block_reason, line_16.reason_16) as reason
  from {{ ref('int_law__aca_fact_month') }} as fact
  inner join {{ ref('int_law__aca_line_16') }} as line_16
    on fact.turn_id = line_16.turn_id
),

person_fact as (
  select
    company_id, employee_id, tax_year,
    sum(is_employed * months) as months_employed,
    sum(is_not_employed * months) as months_not_employed,
    sum(is_counted * months) as months_counted,
    sum(is_excluded * months) as months_excluded,
    min(reason) as reason
  from month_fact
  group by company_id, employee_id, tax_year
),

judged as (
  select
    person.company_id, person.ein, person.employee_id, person.employee_number, person.tax_year,
    whole_year.is_whole_year, whole_year.is_ever_full_time, whole_year.is_ever_self_insured,
    case when whole_year.is_ever_self_insured is null then coalesce(whole_year.insurance_reason, 'month_open') end as part_3_reason,
    case
      when person.block_reason is not null then person.block_reason
      when person.ale_status is null then 'ale_status'
      when person.ale_status = 'not_ale' and whole_year.is_ever_self_insured then '1095-B'
      when person.ale_status = 'not_ale' and whole_year.is_ever_self_insured = false then 'none'
      when person.ale_status = 'not_ale' then coalesce(whole_year.year_reason, 'self_insured')
      when whole_year.year_reason = 'month_open' then 'month_open'
      when person.is_form_for_everyone and person_fact.months_employed > 0 then '1095-C'
      when whole_year.is_ever_self_insured and person_fact.months_not_employed = 12 and person.non_employee_form = '1095-B' then '1095-B'
      when whole_year.is_ever_self_insured and person_fact.months_employed > 0 then '1095-C'
      when whole_year.is_whole_year then '1095-C'
      when whole_year.is_ever_self_insured and person_fact.months_not_employed = 12 and whole_year.is_whole_year = false then 'ichra_former'
      when whole_year.is_ever_full_time and person_fact.months_counted > 0 then '1095-C'
      when whole_year.is_ever_self_insured is null then coalesce(whole_year.year_reason, 'self_insured')
      when person_fact.months_excluded = 12 or whole_year.is_ever_full_time = false then 'none'
      else coalesce(whole_year.year_reason, person_fact.reason, 'whole_year_open')
    end as answer,
    case
      when person.ale_status = 'not_ale' then 'not a large employer'
      when whole_year.is_ever_full_time = false then 'never full-time, no self-insured coverage'
      else 'every month not employed or in a limited non-assessment period'
    end as none_reason
  from {{ ref('int_law__aca_employee_year') }} as person
  inner join person_fact
    on person.company_id = person_fact.company_id and person.employee_id = person_fact.employee_id and person.tax_year = person_fact.tax_year
  inner join {{ ref('int_law__aca_whole_year') }} as whole_year
    on person.company_id = whole_year.company_id and person.employee_id = whole_year.employee_id and person.tax_year = whole_year.tax_year
)

select
  judged.company_id, judged.ein, judged.employee_id, judged.employee_number, judged.tax_year,
  case when judged.answer in ('1095-C', '1095-B', 'none') then judged.answer else 'unknown' end as form,
  case when judged.answer not in ('1095-C', '1095-B', 'none') then judged.answer end as form_reason,
  case when judged.answer = 'none' then judged.none_reason end as none_reason,
  judged.is_ever_self_insured,
  judged.part_3_reason,
  case
    when {{ table_known("benefit_offer") }} = 0 or coalesce(plan_start.has_plan_without_year, false) then null
    when plan_start.plan_year_start is null then '00'
    else lpad(cast(month(plan_start.plan_year_start) as string), 2, '0')
  end as plan_start_month,
  case
    when {{ table_known('benefit_offer') }} = 0 then 'offer_absent'
    when coalesce(plan_start.has_plan_without_year, false) then 'plan_year_absent'
  end as plan_start_reason
from judged
left join {{ ref('int_law__aca_plan_start') }} as plan_start
  on judged.company_id = plan_start.company_id and judged.employee_id = plan_start.employee_id
  and judged.tax_year = plan_start.tax_year
