with offer_month as (
  select
    offer.benefit_offer_id, offer.span_number, offer.benefit_plan_id, offer.company_id, offer.employee_id,
    offer.month_start, offer.month_end, offer.offered_from,
    plan_year.start_date as plan_year_start,
    employee.date_of_birth,
    place.employee_class, place.is_class_mixed
  from {{ ref('int_law__aca_priced_offer_month') }} as offer
  inner join {{ ref('int_law__aca_ichra_place_month') }} as place
    on offer.company_id = place.company_id and offer.employee_id = place.employee_id and offer.month_start = place.month_start
  inner join {{ ref('stg_hr__employee') }} as employee on offer.employee_id = employee.employee_id
  left join (
    select benefit_plan_id, start_date, end_date,
      row_number() over (partition by benefit_plan_id, end_date order by start_date) as place
    from {{ ref('stg_hr__plan_year') }}
  ) as plan_year
    on offer.benefit_plan_id = plan_year.benefit_plan_id and plan_year.place = 1
    and offer.month_start between plan_year.start_date and plan_year.end_date
  where offer.is_ichra
),

aged as (
  select
    offer_month.*,
    cast({{ age_on('date_of_birth', later('plan_year_start', 'offered_from')) }} as integer) as age
  from offer_month
),

matched as (
  select
    aged.benefit_offer_id, aged.span_number, aged.month_start,
    allowance.amount_monthly, allowance.location_basis,
    allowance.from_date <= aged.month_start and {{ open_end('allowance.to_date') }} >= aged.month_end as is_whole_month,
    allowance.employee_class is not null as is_exact,
    max(case when allowance.employee_class is not null then 1 else 0 end) over (
      partition by aged.benefit_offer_id, aged.span_number, aged.month_start) as has_exact
  from aged
  inner join {{ ref('stg_hr__ichra_allowance') }} as allowance
    on aged.benefit_plan_id = allowance.benefit_plan_id
    and (allowance.employee_class is null or allowance.employee_class = aged.employee_class)
    and (allowance.age_from is null or allowance.age_from <= aged.age)
    and (allowance.age_to is null or allowance.age_to >= aged.age)
    and allowance.from_date <= aged.month_end and {{ open_end('allowance.to_date') }} >= aged.month_start
),

single as (
  select
    benefit_offer_id, span_number, month_start,
    min(amount_monthly) as amount_low, max(amount_monthly) as amount_high,
    min(location_basis) as basis_low, max(location_basis) as basis_high,
    max(case when is_whole_month then 0 else 1 end) as has_part_month
  from matched
  where has_exact = 0 or is_exact
  group by benefit_offer_id, span_number, month_start
)

select
  aged.benefit_offer_id, aged.span_number, aged.benefit_plan_id, aged.company_id, aged.employee_id, aged.month_start,
  aged.plan_year_start,
  aged.age,
  case when single.amount_low = single.amount_high and single.has_part_month = 0 then single.amount_low end as allowance,
  case when single.basis_low = single.basis_high then single.basis_low end as location_basis,
  case
    when aged.plan_year_start is null then 'plan_year_absent'
    when aged.date_of_birth is null then 'ichra_age'
    when aged.is_class_mixed or single.benefit_offer_id is null then 'ichra_allowance'
    when single.has_part_month = 1 or single.amount_low <> single.amount_high or single.basis_low <> single.basis_high
      then 'ichra_allowance'
  end as allowance_reason
from aged
left join single
  on aged.benefit_offer_id = single.benefit_offer_id and aged.span_number = single.span_number and aged.month_start = single.month_start
