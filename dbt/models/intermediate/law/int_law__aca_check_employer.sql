select company_id, tax_year, cast(null as integer) as month, 'T001' as rule_id
from {{ ref('int_law__aca_1094c_employer') }}
where is_qualifying_undeclared
union all
select company_id, tax_year, cast(null as integer) as month, 'T002' as rule_id
from {{ ref('int_law__aca_1094c_employer') }}
where is_ninety_eight_percent_method and is_ninety_eight_percent_kept = false
union all
select company_id, tax_year, cast(null as integer) as month, 'T004' as rule_id
from {{ ref('int_law__aca_1094c_employer') }}
where is_qualifying_unmade
union all
select month_row.company_id, month_row.tax_year, month_row.month, 'T003' as rule_id
from {{ ref('int_law__aca_1094c_month') }} as month_row
inner join {{ ref('int_law__aca_1094c_employer') }} as employer
  on month_row.company_id = employer.company_id and month_row.tax_year = employer.tax_year
where employer.is_ninety_eight_percent_method and month_row.is_offered = false
