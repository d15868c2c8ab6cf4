with year_in_scope as (
  select tax_year
  from {{ ref('int_law__by_tax_year') }}
  where tax_year between year({{ as_of() }}) - {{ years_back() }} and year({{ as_of() }})
)

select
  year_in_scope.tax_year,
  number_of_month.month,
  make_date(year_in_scope.tax_year, number_of_month.month, 1) as month_start,
  {{ month_end('make_date(year_in_scope.tax_year, number_of_month.month, 1)') }} as month_end
from year_in_scope
cross join ({{ months_of_year() }}) as number_of_month
