select
  member.company_id, member.tax_year, employer.ein, member.position, member.member_name,
  case when length(member.member_ein) = 9
    then substr(member.member_ein, 1, 2) || '-' || substr(member.member_ein, 3, 7) else member.member_ein end as member_ein,
  member.month_count,
  cast(member.average_full_time_count as decimal(12,2)) as average_full_time_count,
  case when member.position_reason is not null then refusal.missing || ': ' || refusal.words end as unknown_reason
from {{ ref('int_law__aca_group_member') }} as member
inner join {{ ref('int_law__aca_1094c_employer') }} as employer
  on member.company_id = employer.company_id and member.tax_year = employer.tax_year
left join {{ ref('code_aca_refusal') }} as refusal on member.position_reason = refusal.refusal_id
