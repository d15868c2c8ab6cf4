select employed.employee_id, employed.turn_id
from {{ ref('int_law__aca_employed_month') }} as employed
inner join {{ ref('stg_hr__multiemployer_contribution') }} as contribution
  on employed.company_id = contribution.company_id and employed.employee_id = contribution.employee_id
  and contribution.from_date <= employed.month_end and {{ open_end('contribution.to_date') }} >= employed.month_start
where employed.is_employed
  and contribution.required_by_agreement and contribution.affordable_minimum_value and contribution.dependents_offered
group by employed.employee_id, employed.turn_id
