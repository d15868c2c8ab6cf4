with first_year as (
  select person.*, law.first_year_relief_months, {{ add_months('make_date(person.tax_year, 1, 1)', 'law.first_year_relief_months') }} as offer_by
  from {{ ref('int_law__aca_employee_year') }} as person
  inner join {{ ref('int_law__by_tax_year') }} as law on person.tax_year = law.tax_year
  where person.is_first_ale_year
),

first_year_offer as (
  select
    person.company_id, person.employee_id, person.tax_year,
    max(case when offer.coverage_from <= person.offer_by and offer.coverage_to >= person.offer_by then 1 else 0 end) as has_offer_in_time,
    max(case when offer.coverage_from < make_date(person.tax_year, 1, 1) and offer.coverage_to >= make_date(person.tax_year - 1, 1, 1)
      then 1 else 0 end) as has_earlier_offer,
    max(case when offer.is_doubtful then 1 else 0 end) as has_doubt
  from first_year as person
  inner join {{ ref('int_law__aca_value_offer') }} as offer
    on person.company_id = offer.company_id and person.employee_id = offer.employee_id
  group by person.company_id, person.employee_id, person.tax_year
)

select
  employed.employee_id, employed.turn_id,
  person.offer_by,
  coalesce(offer.has_offer_in_time, 0) as has_offer_in_time,
  coalesce(offer.has_doubt, 0) as has_doubt,
  coalesce(measured.is_full_time, true) and coalesce(offer.has_earlier_offer, 0) = 0
    and not (person.is_offered_prior_year and employed.service_start < make_date(employed.tax_year, 1, 1)) as is_relieved
from {{ ref('int_law__aca_employed_month') }} as employed
inner join first_year as person
  on employed.company_id = person.company_id and employed.employee_id = person.employee_id and employed.tax_year = person.tax_year
inner join {{ ref('int_law__aca_measured_month') }} as measured
  on employed.turn_id = measured.turn_id
left join first_year_offer as offer
  on employed.company_id = offer.company_id and employed.employee_id = offer.employee_id and employed.tax_year = offer.tax_year
where employed.month <= person.first_year_relief_months and employed.is_employed
