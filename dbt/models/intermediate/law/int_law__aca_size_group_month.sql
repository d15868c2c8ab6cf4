{# The members of each company's group in a month, itself among them: IRC 4980H(c)(2)(C)(i). No company where a member is not one
   of ours. #}
select company_id, month_start, company_id as member_company_id
from {{ ref('int_law__aca_known_month') }}
union all
select company_id, month_start, member_company_id
from {{ ref('int_law__aca_group_month') }}
group by company_id, month_start, member_company_id, member_ein
