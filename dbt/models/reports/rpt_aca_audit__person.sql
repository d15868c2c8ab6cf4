select
  form.company_id, form.employee_id, form.tax_year, form.ein, form.employee_number,
  identity.first_name, identity.last_name, identity.ssn,
  form.form,
  form.none_reason,
  case when form.form_reason is not null then refusal.missing || ': ' || refusal.words end as unknown_reason,
  part_3.missing || ': ' || part_3.words as part_iii_reason
from {{ ref('int_law__aca_form') }} as form
inner join {{ ref('int_law__aca_identity') }} as identity on form.employee_id = identity.employee_id
left join {{ ref('int_law__aca_family') }} as family
  on form.company_id = family.company_id and form.employee_id = family.employee_id and form.tax_year = family.tax_year
left join {{ ref('code_aca_refusal') }} as refusal on form.form_reason = refusal.refusal_id
left join {{ ref('code_aca_refusal') }} as part_3 on coalesce(form.part_3_reason, family.family_reason) = part_3.refusal_id
