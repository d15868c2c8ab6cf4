with offer_month as (
  select * from {{ ref('int_law__aca_priced_offer_month') }} where is_ichra
),

person_month as (
  select company_id, employee_id, month_start, month_end
  from offer_month
  group by company_id, employee_id, month_start, month_end
),

address as (
  select
    person_month.company_id, person_month.employee_id, person_month.month_start,
    {{ zip_digits('place.zip') }} as zip, upper(place.state) as state,
    rank() over (partition by person_month.company_id, person_month.employee_id, person_month.month_start order by place.from_date desc) as place_number
  from person_month
  inner join {{ ref('stg_hr__employee_address') }} as place
    on person_month.employee_id = place.employee_id
    and place.from_date <= person_month.month_start and {{ open_end('place.to_date') }} >= person_month.month_start
),

residence as (
  select company_id, employee_id, month_start, min(zip) as zip_low, max(zip) as zip_high, min(state) as state_low, max(state) as state_high
  from address
  where place_number = 1
  group by company_id, employee_id, month_start
),

workplace as (
  select
    person_month.company_id, person_month.employee_id, person_month.month_start,
    min(coalesce(period.employee_class, '')) as class_low,
    max(coalesce(period.employee_class, '')) as class_high,
    min(case when period.start_date <= person_month.month_start then {{ zip_digits('period.worksite_zip') }} end) as zip_low,
    max(case when period.start_date <= person_month.month_start then {{ zip_digits('period.worksite_zip') }} end) as zip_high,
    min(case when period.start_date <= person_month.month_start then upper(period.worksite_state) end) as state_low,
    max(case when period.start_date <= person_month.month_start then upper(period.worksite_state) end) as state_high
  from person_month
  inner join {{ ref('stg_hr__employment_period') }} as period
    on person_month.company_id = period.company_id and person_month.employee_id = period.employee_id
    and period.start_date <= person_month.month_end and {{ open_end('period.end_date') }} >= person_month.month_start
    and period.start_date <= {{ open_end('period.end_date') }}
  group by person_month.company_id, person_month.employee_id, person_month.month_start
)

select
  person_month.company_id, person_month.employee_id, person_month.month_start,
  case when residence.zip_low = residence.zip_high then residence.zip_low end as residence_zip,
  case when residence.state_low = residence.state_high then residence.state_low end as residence_state,
  case when workplace.zip_low = workplace.zip_high then workplace.zip_low end as worksite_zip,
  case when workplace.state_low = workplace.state_high then workplace.state_low end as worksite_state,
  nullif(workplace.class_low, '') as employee_class,
  coalesce(workplace.class_low <> workplace.class_high, false) as is_class_mixed
from person_month
left join residence
  on person_month.company_id = residence.company_id and person_month.employee_id = residence.employee_id
  and person_month.month_start = residence.month_start
left join workplace
  on person_month.company_id = workplace.company_id and person_month.employee_id = workplace.employee_id
  and person_month.month_start = workplace.month_start
