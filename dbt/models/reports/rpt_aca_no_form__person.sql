select
  company_id,
  employee_id,
  tax_year,
  ein,
  employee_number,
  form,
  case when form = '1095-B' then 'covered by a self-insured plan, reported on Form 1095-B' else none_reason end as reason
from {{ ref('int_law__aca_form') }}
where form in ('none', '1095-B')
