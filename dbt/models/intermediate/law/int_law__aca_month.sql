with number_of_month as (
  {%- for month in range(1, 13) %}
  select {{ month }} as month{{ ' union all' if not loop.last }}
  {%- endfor %}
),

year_in_scope as (
  select tax_year
  from {{ ref('int_law__by_tax_year') }}
  where tax_year between year({{ as_of() }}) - 4 and year({{ as_of() }})
)

select
  year_in_scope.tax_year,
  cast(number_of_month.month as integer) as month,
  make_date(year_in_scope.tax_year, number_of_month.month, 1) as month_start,
  {{ month_end('make_date(year_in_scope.tax_year, number_of_month.month, 1)') }} as month_end
from year_in_scope
cross join number_of_month
