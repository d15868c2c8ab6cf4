with nominal as (
  select tax_year, state, 'file' as duty, file_date as nominal_date from {{ ref('law_aca_state') }} where is_moved
  union all
  select tax_year, state, 'furnish' as duty, furnish_date as nominal_date from {{ ref('law_aca_state') }} where is_moved
),

business as (
  {{ business_dates('nominal', ['tax_year', 'state', 'duty']) }}
)

select
  law.tax_year, law.state, law.who_files, law.what_is_filed, law.how_it_is_filed,
  case when law.is_moved then file.business_date else law.file_date end as file_date,
  case when law.is_moved then furnish.business_date else law.furnish_date end as furnish_date,
  law.status, law.citation, law.note
from {{ ref('law_aca_state') }} as law
left join business as file on law.tax_year = file.tax_year and law.state = file.state and file.duty = 'file'
left join business as furnish on law.tax_year = furnish.tax_year and law.state = furnish.state and furnish.duty = 'furnish'
