with grouped as (
  select company_id, month_start from {{ ref('int_law__aca_group_month') }} group by company_id, month_start
)

select
  employer.company_id, employer.tax_year, employer.ein, known.month, known.month_start,
  case when not known.is_open then share.is_offer_share_met end as is_offered,
  case when known.is_open then 'month_open' when share.is_offer_share_met is null then 'offer_share' end as offered_reason,
  case when not known.is_open and counts.unknown_full_time_count = 0 then counts.full_time_count end as full_time_count,
  case
    when employer.is_ninety_eight_percent_method then null
    when known.is_open then 'month_open'
    when counts.unknown_full_time_count is null or counts.unknown_full_time_count > 0 then 'full_time_count'
  end as full_time_reason,
  case when not known.is_open and head.count_reason is null then head.total_count end as total_count,
  case when known.is_open then 'month_open' else head.count_reason end as total_reason,
  case when employer.is_group_member is not null then grouped.company_id is not null end as is_group_member,
  employer.group_reason,
  counts.offered_count, counts.not_offered_count, counts.unknown_count,
  case when counts.unknown_count = 0 then {{ percent_down('counts.offered_count', 'counts.offered_count + counts.not_offered_count') }} end as offer_pct
from {{ ref('int_law__aca_1094c_employer') }} as employer
inner join {{ ref('int_law__aca_known_month') }} as known
  on employer.company_id = known.company_id and employer.tax_year = known.tax_year
inner join {{ ref('int_law__aca_head_count_month') }} as head
  on known.company_id = head.company_id and known.month_start = head.month_start
left join {{ ref('int_law__aca_offer_share_month') }} as share
  on known.company_id = share.company_id and known.month_start = share.month_start
left join {{ ref('int_law__aca_offer_count_month') }} as counts
  on known.company_id = counts.company_id and known.month_start = counts.month_start
left join grouped on known.company_id = grouped.company_id and known.month_start = grouped.month_start
