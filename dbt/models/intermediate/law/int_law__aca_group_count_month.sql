with stated as (
  select {{ replace_all("coalesce(ein, '')", '[^0-9]') }} as member_ein, max(monthly_full_time_count) as monthly_full_time_count
  from {{ ref('stg_hr__ale_group_member') }}
  group by {{ replace_all("coalesce(ein, '')", '[^0-9]') }}
),

member_month as (
  select company_id, month_start, member_ein, max(member_company_id) as member_company_id
  from {{ ref('int_law__aca_group_month') }}
  group by company_id, month_start, member_ein
),

counted as (
  select
    member_month.company_id, member_month.month_start,
    case when counts.unknown_full_time_count = 0 then counts.full_time_count else stated.monthly_full_time_count end as full_time_count
  from member_month
  left join {{ ref('int_law__aca_offer_count_month') }} as counts
    on member_month.member_company_id = counts.company_id and member_month.month_start = counts.month_start
  left join stated on member_month.member_ein = stated.member_ein
)

select
  company_id, month_start,
  cast(sum(coalesce(full_time_count, 0)) as integer) as other_full_time_count,
  max(case when full_time_count is null then 1 else 0 end) = 1 as is_other_unknown
from counted
group by company_id, month_start
