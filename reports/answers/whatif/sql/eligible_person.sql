-- A person whose hours are not known is not known.
with {eligible}

select person.* replace (
  case when person.tax_year = asked.tax_year and eligible.employee_id is not null and eligible.is_eligible is null
    then coalesce(person.block_reason, 'hours_missing') else person.block_reason end as block_reason)
from {this} as person
cross join asked_hours as asked
left join eligible on person.company_id = eligible.company_id and person.employee_id = eligible.employee_id
