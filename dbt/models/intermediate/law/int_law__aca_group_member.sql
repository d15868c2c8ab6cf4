with member_month as (
  select
    grouped.company_id, grouped.tax_year, grouped.month, grouped.member_ein,
    min(grouped.member_name) as member_name,
    max(grouped.member_company_id) as member_company_id
  from {{ ref('int_law__aca_group_month') }} as grouped
  group by grouped.company_id, grouped.tax_year, grouped.month, grouped.member_ein
),

stated as (
  select {{ replace_all("coalesce(ein, '')", '[^0-9]') }} as member_ein, max(monthly_full_time_count) as monthly_full_time_count
  from {{ ref('stg_hr__ale_group_member') }}
  group by {{ replace_all("coalesce(ein, '')", '[^0-9]') }}
),

counted as (
  select
    member_month.company_id, member_month.tax_year, member_month.member_ein,
    min(member_month.member_name) as member_name,
    cast(count(*) as integer) as month_count,
    cast(sum(case when counts.unknown_full_time_count = 0 then 1 else 0 end) as integer) as known_months,
    cast(sum(coalesce(counts.full_time_count, 0)) as integer) as full_time_months
  from member_month
  left join {{ ref('int_law__aca_offer_count_month') }} as counts
    on member_month.member_company_id = counts.company_id and member_month.tax_year = counts.tax_year and member_month.month = counts.month
  group by member_month.company_id, member_month.tax_year, member_month.member_ein
),

averaged as (
  select
    counted.company_id, counted.tax_year, counted.member_ein, counted.member_name, counted.month_count,
    case
      when counted.known_months = counted.month_count then {{ divide('counted.full_time_months', 'counted.month_count', 2) }}
      else cast(stated.monthly_full_time_count as decimal(12,2))
    end as average_full_time_count
  from counted
  left join stated on counted.member_ein = stated.member_ein
)

select
  company_id, tax_year, member_ein, member_name, month_count, average_full_time_count,
  cast(row_number() over (
    partition by company_id, tax_year
    order by case when average_full_time_count is null then 1 else 0 end, average_full_time_count desc, member_name, member_ein
  ) as integer) as position,
  case when average_full_time_count is null then 'group_count' end as position_reason
from averaged
