select
  employer.company_id, employer.tax_year, employer.ein, employer.employer_name,
  employer.form_count, employer.form_count as total_form_count,
  true as is_authoritative,
  employer.is_group_member,
  employer.is_qualifying_offer_method,
  employer.is_ninety_eight_percent_method,
  employer.day_rule as total_count_day,
  employer.is_day_rule_assumed as is_total_count_day_assumed,
  nullif(substr(
    {%- for key in ['count', 'grouped'] %}
    coalesce('; ' || {{ key }}_of.missing || ': ' || {{ key }}_of.words, ''){{ ' ||' if not loop.last }}
    {%- endfor %}, 3), '') as unknown_reason,
  employer.form_count_reason is not null as is_form_count_unknown,
  employer.group_reason is not null as is_group_member_unknown
from {{ ref('int_law__aca_1094c_employer') }} as employer
left join {{ ref('code_aca_refusal') }} as count_of on employer.form_count_reason = count_of.refusal_id
left join {{ ref('code_aca_refusal') }} as grouped_of on employer.group_reason = grouped_of.refusal_id
