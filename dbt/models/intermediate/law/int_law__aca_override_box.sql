select
  keyed.override_id, keyed.company_id, form.employee_id, keyed.employee_number, keyed.tax_year, keyed.month,
  keyed.month_start,
  keyed.field, keyed.value, keyed.replaced_value, keyed.reason, keyed.actor, keyed.decided_at, keyed.expires_on,
  form.form,
  keyed.is_ended,
  row_number() over (
    partition by keyed.company_id, form.employee_id, keyed.tax_year, keyed.month, keyed.field, keyed.is_ended
    order by keyed.decided_at desc, keyed.override_id desc
  ) as place
from {{ ref('int_law__aca_override_key') }} as keyed
left join {{ ref('int_law__aca_form') }} as form
  on keyed.company_id = form.company_id and keyed.employee_number = form.employee_number and keyed.tax_year = form.tax_year
