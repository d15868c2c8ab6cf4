select
  exposed.company_id, exposed.employee_id, exposed.tax_year, form.ein, form.employee_number,
  exposed.department_id,
  department.department_name,
  exposed.kind,
  cast(min(exposed.month) as integer) as first_month,
  cast(max(exposed.month) as integer) as last_month,
  cast(count(*) as integer) as month_count,
  cast(sum(case when exposed.has_credit then 1 else 0 end) as integer) as credit_month_count,
  cast({{ divide('max(law.penalty_b_annual) * count(*)', '12') }} as decimal(14,2)) as b_at_most
from {{ ref('int_law__aca_exposed_month') }} as exposed
inner join {{ ref('int_law__aca_form') }} as form
  on exposed.company_id = form.company_id and exposed.employee_id = form.employee_id and exposed.tax_year = form.tax_year
inner join {{ ref('int_law__aca_1094c_employer') }} as employer
  on exposed.company_id = employer.company_id and exposed.tax_year = employer.tax_year
inner join {{ ref('int_law__by_tax_year') }} as law on exposed.tax_year = law.tax_year
left join {{ ref('dim_department') }} as department on exposed.department_id = department.department_id
where exposed.is_exposed or exposed.kind = 'unknown'
group by exposed.company_id, exposed.employee_id, exposed.tax_year, form.ein, form.employee_number, exposed.department_id, department.department_name, exposed.kind
