select
  row_of.company_id, row_of.tax_year, row_of.ein, row_of.month,
  row_of.is_offered as mec_offer,
  row_of.full_time_count,
  row_of.total_count as total_employee_count,
  row_of.is_group_member as aggregated_group,
  row_of.offered_count, row_of.not_offered_count, row_of.unknown_count,
  cast(row_of.offer_pct as decimal(7,2)) as offer_pct,
  nullif(substr(
    {%- for key in ['a', 'b', 'c', 'd'] %}
    coalesce('; ({{ key }}) ' || {{ key }}.missing || ': ' || {{ key }}.words, ''){{ ' ||' if not loop.last }}
    {%- endfor %}, 3), '') as unknown_reason,
  row_of.offered_reason is not null as is_mec_offer_unknown,
  row_of.full_time_reason is not null as is_full_time_count_unknown,
  row_of.total_reason is not null as is_total_employee_count_unknown,
  row_of.group_reason is not null as is_aggregated_group_unknown
from {{ ref('int_law__aca_1094c_month') }} as row_of
{%- for key, reason in [('a', 'offered'), ('b', 'full_time'), ('c', 'total'), ('d', 'group')] %}
left join {{ ref('code_aca_refusal') }} as {{ key }} on row_of.{{ reason }}_reason = {{ key }}.refusal_id
{%- endfor %}
