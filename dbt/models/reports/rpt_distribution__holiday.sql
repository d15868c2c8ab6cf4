with company as (
  select company_id from {{ ref('dim_company') }}
),

holiday as (
  select calendar, holiday_date from {{ ref('code_holiday') }}
)

select
  company.company_id,
  holiday.calendar,
  holiday.holiday_date
from company
cross join holiday
