with membership as (
  select
    group_name, company_id, name, {{ replace_all("coalesce(ein, '')", '[^0-9]') }} as ein_digits,
    from_date, {{ open_end('to_date') }} as to_date
  from {{ ref('stg_hr__ale_group_member') }}
  where from_date <= {{ open_end('to_date') }}
),

of_company as (
  select company.company_id, membership.group_name, membership.ein_digits, membership.from_date, membership.to_date
  from {{ ref('stg_hr__company') }} as company
  inner join membership
    on membership.company_id = company.company_id
    or (membership.company_id is null and membership.ein_digits = {{ replace_all("coalesce(company.ein, '')", '[^0-9]') }})
)

select
  known.company_id, known.tax_year, known.month, known.month_start,
  other.group_name, other.name as member_name, other.ein_digits as member_ein, other.company_id as member_company_id
from {{ ref('int_law__aca_known_month') }} as known
inner join of_company
  on known.company_id = of_company.company_id
  and of_company.from_date <= known.month_end and of_company.to_date >= known.month_start
inner join membership as other
  on of_company.group_name = other.group_name and of_company.ein_digits <> other.ein_digits
  and other.from_date <= known.month_end and other.to_date >= known.month_start
group by known.company_id, known.tax_year, known.month, known.month_start,
  other.group_name, other.name, other.ein_digits, other.company_id
