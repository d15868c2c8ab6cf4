with counted as (
  select
    offer.company_id, offer.tax_year, employed.month, employed.last_month,
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
    on offer.turn_id = employed.turn_id
  inner join {{ ref('int_law__aca_full_time_month') }} as full_time
    on offer.turn_id = full_time.turn_id
  inner join {{ ref('int_law__aca_waiting_month') }} as waiting
    on offer.turn_id = waiting.turn_id
  inner join {{ ref('int_law__aca_employee_year') }} as person
    on offer.company_id = person.company_id and offer.employee_id = person.employee_id and offer.tax_year = person.tax_year
  left join {{ ref('int_law__aca_relief_month') }} as relief
    on offer.turn_id = relief.turn_id
),

summed as (
  select
    company_id, tax_year, month, last_month,
    sum(case when answer = 'offered' then 1 else 0 end) as offered_count,
    sum(case when answer = 'not_offered' then 1 else 0 end) as not_offered_count,
    sum(case when answer = 'unknown' then 1 else 0 end) as unknown_count,
    sum(case when status = 'full_time' then 1 else 0 end) as full_time_count,
    sum(case when status = 'unknown' then 1 else 0 end) as unknown_full_time_count
  from counted
  group by company_id, tax_year, month, last_month
)

select
  summed.company_id, summed.tax_year, month_of_year.month, month_of_year.month_start,
  {%- for count in ['offered_count', 'not_offered_count', 'unknown_count', 'full_time_count', 'unknown_full_time_count'] %}
  cast(sum(summed.{{ count }}) as integer) as {{ count }}{{ ',' if not loop.last }}
  {%- endfor %}
from summed
inner join {{ ref('int_law__aca_month') }} as month_of_year
  on summed.tax_year = month_of_year.tax_year and month_of_year.month between summed.month and summed.last_month
group by summed.company_id, summed.tax_year, month_of_year.month, month_of_year.month_start
