with exposed as (
  select
    company_id, month_start,
    cast(sum(case when is_exposed then 1 else 0 end) as integer) as exposed_count,
    cast(sum(case when is_exposed and has_credit then 1 else 0 end) as integer) as credit_exposed_count,
    cast(sum(case when kind = 'unknown' then 1 else 0 end) as integer) as unknown_count,
    cast(sum(case when is_computed_exposed then 1 else 0 end) as integer) as computed_exposed_count,
    cast(sum(case when is_computed_exposed and has_credit then 1 else 0 end) as integer) as computed_credit_exposed_count,
    cast(sum(case when computed_kind = 'unknown' then 1 else 0 end) as integer) as computed_unknown_count,
    cast(sum(case when has_credit and kind not in ('not_counted', 'unknown') then 1 else 0 end) as integer) as credit_count
  from {{ ref('int_law__aca_exposed_month') }}
  group by company_id, month_start
),

base as (
  select
    month_row.company_id, month_row.tax_year, month_row.ein, month_row.month, month_row.month_start, month_row.is_offered,
    counts.full_time_count,
    counts.full_time_count + counts.unknown_full_time_count as full_time_most,
    counts.offered_count, counts.not_offered_count, counts.unknown_count as offer_unknown_count,
    {%- for prefix in ['', 'computed_'] %}
    {%- for name in ['exposed_count', 'credit_exposed_count', 'unknown_count'] %}
    coalesce(exposed.{{ prefix ~ name }}, 0) as {{ prefix ~ name }},
    {%- endfor %}
    {%- endfor %}
    coalesce(exposed.credit_count, 0) as credit_count,
    coalesce(month_row.is_group_member = false, false) as is_alone,
    coalesce(month_row.is_group_member and not grouped.is_other_unknown, false) as is_group_known,
    coalesce(grouped.other_full_time_count, 0) as other_full_time_count,
    {{ to_int('law.penalty_reduction_people') }} as reduction_people, law.penalty_a_annual, law.penalty_b_annual, {{ to_int('100 - law.offer_share_pct') }} as missing_pct, law.offer_allowance_people
  from {{ ref('int_law__aca_1094c_month') }} as month_row
  inner join {{ ref('int_law__aca_offer_count_month') }} as counts
    on month_row.company_id = counts.company_id and month_row.month_start = counts.month_start
  inner join {{ ref('int_law__by_tax_year') }} as law on month_row.tax_year = law.tax_year
  left join exposed on month_row.company_id = exposed.company_id and month_row.month_start = exposed.month_start
  left join {{ ref('int_law__aca_group_count_month') }} as grouped
    on month_row.company_id = grouped.company_id and month_row.month_start = grouped.month_start
  where coalesce(month_row.offered_reason, '') <> 'month_open'
),

reduced as (
  select
    base.*,
    case
      when is_alone then reduction_people
      when is_group_known and full_time_count + other_full_time_count > 0
        then {{ share_up('reduction_people * full_time_count', 'full_time_count + other_full_time_count') }}
      else reduction_people
    end as reduction_most,
    case
      when is_alone then reduction_people
      when is_group_known and full_time_count + other_full_time_count > 0
        then {{ share_up('reduction_people * full_time_count', 'full_time_count + other_full_time_count') }}
      else 0
    end as reduction_least
  from base
),

amounts as (
  select
    reduced.*,
    {{ not_negative(divide('(full_time_count - reduction_most) * penalty_a_annual', '12')) }} as a_least,
    {{ not_negative(divide('(full_time_most - reduction_least) * penalty_a_annual', '12')) }} as a_most,
    {%- for prefix in ['', 'computed_'] %}
    {{ divide(prefix ~ 'credit_exposed_count * penalty_b_annual', '12') }} as {{ prefix }}b_least,
    {{ divide('(' ~ prefix ~ 'exposed_count + ' ~ prefix ~ 'unknown_count) * penalty_b_annual', '12') }} as {{ prefix }}b_most{{ ',' if not loop.last }}
    {%- endfor %}
  from reduced
)

select
  company_id, tax_year, ein, month, month_start, is_offered,
  full_time_count, reduction_least, reduction_most,
  exposed_count, credit_exposed_count, unknown_count, credit_count,
  cast(a_least as decimal(14,2)) as a_least,
  cast(a_most as decimal(14,2)) as a_most,
  cast(case when is_offered = false and credit_count > 0 then a_least else 0 end as decimal(14,2)) as a_low,
  cast(case when coalesce(is_offered, false) then 0 else a_most end as decimal(14,2)) as a_high,
  {%- for prefix in ['', 'computed_'] %}
  cast(case when is_offered then {{ smaller(prefix ~ 'b_least', 'a_least') }} else 0 end as decimal(14,2)) as {{ prefix }}b_low,
  cast(case when is_offered = false then 0 else {{ smaller(prefix ~ 'b_most', 'a_most') }} end as decimal(14,2)) as {{ prefix }}b_high,
  {%- endfor %}
  case when offer_unknown_count = 0 then cast(
    case when missing_pct * (offered_count + not_offered_count) > offer_allowance_people * 100
      then {{ share_down('missing_pct * (offered_count + not_offered_count)', '100') }}
      else offer_allowance_people end as integer) - not_offered_count end as margin_people
from amounts
