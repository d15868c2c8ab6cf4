select
  price.company_id, price.employee_id, price.tax_year, price.month, price.month_start,
  affordable.is_affordable_2g or affordable.is_affordable_2h or wages.is_affordable_2f as is_affordable,
  coalesce(price.price_reason, 'harbor_untested') as affordable_reason
from {{ ref('int_law__aca_price_month') }} as price
inner join {{ ref('int_law__aca_affordable_month') }} as affordable
  on price.company_id = affordable.company_id and price.employee_id = affordable.employee_id and price.month_start = affordable.month_start
left join {{ ref('int_law__aca_wages_year') }} as wages
  on price.company_id = wages.company_id and price.employee_id = wages.employee_id and price.tax_year = wages.tax_year
where price.is_ichra
