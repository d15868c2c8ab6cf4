with moved as (
  select * from {{ ref('law_aca_due_date') }} where is_moved
),

business as (
  {{ business_dates('moved', ['tax_year', 'duty']) }}
)

select
  law.tax_year, law.duty, law.nominal_date,
  case when law.is_moved then business.business_date else law.nominal_date end as due_date,
  law.status, law.citation, law.note
from {{ ref('law_aca_due_date') }} as law
left join business on law.tax_year = business.tax_year and law.duty = business.duty
