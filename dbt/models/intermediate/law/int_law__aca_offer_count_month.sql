with counted as (
  select
    offer.company_id, offer.tax_year, offer.month, offer.month_start,
    case
      when employed.is_employed = false and coalesce(person.block_reason, 'worker_other') = 'worker_other' then 'out'
      when waiting.is_waiting and person.block_reason is null then 'out'
      when full_time.is_full_time = false and person.block_reason is null then 'out'
      when person.block_reason is not null or full_time.is_full_time is null or waiting.is_waiting is null then 'unknown'
      else 'full_time'
    end as status,
    case
      when employed.is_employed = false and coalesce(person.block_reason, 'worker_other') = 'worker_other' then 'out'
      when waiting.is_waiting and person.block_reason is null then 'out'
      when full_time.is_full_time = false and person.block_reason is null then 'out'
      when person.block_reason is not null then 'unknown'
      when relief.employee_id is not null then 'offered'
      when offer.is_cut_by_termination and offer.is_dependents_cut then 'offered'
      when offer.is_offered and offer.is_dependents then 'offered'
      when offer.is_offered is null or full_time.is_full_time is null or waiting.is_waiting is null then 'unknown'
      else 'not_offered'
    end as answer
  from {{ ref('int_law__aca_offer_month') }} as offer
  inner join {{ ref('int_law__aca_employed_month') }} as employed
    on offer.company_id = employed.company_id and offer.employee_id = employed.employee_id and offer.month_start = employed.month_start
  inner join {{ ref('int_law__aca_full_time_month') }} as full_time
    on offer.company_id = full_time.company_id and offer.employee_id = full_time.employee_id and offer.month_start = full_time.month_start
  inner join {{ ref('int_law__aca_waiting_month') }} as waiting
    on offer.company_id = waiting.company_id and offer.employee_id = waiting.employee_id and offer.month_start = waiting.month_start
  inner join {{ ref('int_law__aca_employee_year') }} as person
    on offer.company_id = person.company_id and offer.employee_id = person.employee_id and offer.tax_year = person.tax_year
  left join {{ ref('int_law__aca_relief_month') }} as relief
    on offer.company_id = relief.company_id and offer.employee_id = relief.employee_id and offer.month_start = relief.month_start
)

select
  company_id, tax_year, month, month_start,
  cast(sum(case when answer = 'offered' then 1 else 0 end) as integer) as offered_count,
  cast(sum(case when answer = 'not_offered' then 1 else 0 end) as integer) as not_offered_count,
  cast(sum(case when answer = 'unknown' then 1 else 0 end) as integer) as unknown_count,
  cast(sum(case when status = 'full_time' then 1 else 0 end) as integer) as full_time_count,
  cast(sum(case when status = 'unknown' then 1 else 0 end) as integer) as unknown_full_time_count
from counted
group by company_id, tax_year, month, month_start
