select
  size.company_id, size.tax_year, company.ein, size.declared_status, size.computed_status, size.average_least, size.average_most,
  size.large_employer_size, size.months_above, size.status, size.citation
from {{ ref('int_law__aca_size_year') }} as size
inner join {{ ref('dim_company') }} as company on size.company_id = company.company_id
