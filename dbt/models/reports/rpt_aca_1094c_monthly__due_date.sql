select
  employer.company_id, employer.tax_year, employer.ein, law.duty, law.nominal_date, law.due_date, law.status, law.citation, law.note
from {{ ref('int_law__aca_1094c_employer') }} as employer
inner join {{ ref('int_law__aca_due_date') }} as law on employer.tax_year = law.tax_year
