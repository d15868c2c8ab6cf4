with asked as (
  select
    allowance.*,
    case when allowance.location_basis = 'worksite' then place.worksite_zip else place.residence_zip end as zip,
    case when allowance.location_basis = 'worksite' then place.worksite_state else place.residence_state end as state,
    case
      when person.silver_month_rule <> 'look_back' then year(allowance.month_start)
      when month(allowance.plan_year_start) = 1 and day(allowance.plan_year_start) = 1 then year(allowance.plan_year_start) - 1
      else year(allowance.plan_year_start)
    end as premium_year,
    case when person.silver_month_rule = 'look_back' then 1 else month(allowance.month_start) end as premium_month
  from {{ ref('int_law__aca_ichra_allowance_month') }} as allowance
  inner join {{ ref('int_law__aca_ichra_place_month') }} as place
    on allowance.company_id = place.company_id and allowance.employee_id = place.employee_id and allowance.month_start = place.month_start
  inner join {{ ref('int_law__aca_employee_year') }} as person
    on allowance.company_id = person.company_id and allowance.employee_id = person.employee_id
    and year(allowance.month_start) = person.tax_year
),

question as (
  select age, zip, state, premium_year, premium_month
  from asked
  where zip is not null and age is not null
  group by age, zip, state, premium_year, premium_month
),

silver as (
  select
    question.age, question.zip, question.state, question.premium_year, question.premium_month,
    premium.premium_monthly,
    rank() over (
      partition by question.age, question.zip, question.state, question.premium_year, question.premium_month
      order by case when premium.zip is null then 1 else 0 end, case when premium.month is null then 1 else 0 end
    ) as place_number
  from question
  inner join {{ ref('stg_hr__silver_premium') }} as premium
    on question.premium_year = premium.plan_year and question.age = premium.age
    and (premium.month is null or premium.month = question.premium_month)
    and ({{ zip_digits('premium.zip') }} = question.zip
      or (premium.zip is null and premium.rating_area is null and upper(premium.state) = question.state))
),

one_premium as (
  select age, zip, state, premium_year, premium_month, min(premium_monthly) as premium_low, max(premium_monthly) as premium_high
  from silver
  where place_number = 1
  group by age, zip, state, premium_year, premium_month
)

select
  asked.benefit_offer_id, asked.span_number, asked.company_id, asked.employee_id, asked.month_start,
  asked.plan_year_start,
  asked.age as premium_age,
  asked.allowance,
  case when asked.allowance_reason is null and asked.zip is not null then asked.location_basis end as location_basis,
  asked.zip,
  case when one_premium.premium_low = one_premium.premium_high then one_premium.premium_low end as premium,
  coalesce(asked.allowance_reason, case when asked.zip is null then 'ichra_place' end) as location_reason,
  case
    when asked.allowance_reason is not null then asked.allowance_reason
    when asked.zip is null then 'ichra_place'
    when one_premium.premium_low is null or one_premium.premium_low <> one_premium.premium_high then 'ichra_premium'
  end as price_reason,
  case
    when asked.allowance_reason is not null or one_premium.premium_low is null or one_premium.premium_low <> one_premium.premium_high then null
    else {{ not_negative('one_premium.premium_low - asked.allowance') }}
  end as price
from asked
left join one_premium
  on asked.age = one_premium.age and asked.zip = one_premium.zip
  and coalesce(asked.state, '') = coalesce(one_premium.state, '')
  and asked.premium_year = one_premium.premium_year and asked.premium_month = one_premium.premium_month
