with resident as (
  select company_id, tax_year, state from {{ ref('int_law__aca_recipient') }} group by company_id, tax_year, state
)

select
  employer.company_id, employer.tax_year, employer.ein, law.state, law.who_files, law.what_is_filed, law.how_it_is_filed,
  law.file_date, law.furnish_date, law.status, law.citation, law.note
from {{ ref('int_law__aca_1094c_employer') }} as employer
inner join resident on employer.company_id = resident.company_id and employer.tax_year = resident.tax_year
inner join {{ ref('int_law__aca_state_duty') }} as law on resident.tax_year = law.tax_year and resident.state = law.state
