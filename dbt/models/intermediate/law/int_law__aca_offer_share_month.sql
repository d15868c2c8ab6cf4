with share as (
  select
    totals.company_id, totals.tax_year, totals.month, totals.month_start,
    case
      when totals.not_offered_count + totals.unknown_count <= law.offer_allowance_people
        or (totals.not_offered_count + totals.unknown_count) * 100
          <= (100 - law.offer_share_pct) * (totals.offered_count + totals.not_offered_count + totals.unknown_count)
        then true
      when totals.not_offered_count > law.offer_allowance_people
        and totals.not_offered_count * 100
          > (100 - law.offer_share_pct) * (totals.offered_count + totals.not_offered_count + totals.unknown_count)
        then false
    end as is_offer_share_met
  from {{ ref('int_law__aca_offer_count_month') }} as totals
  inner join {{ ref('int_law__by_tax_year') }} as law on totals.tax_year = law.tax_year
),

with_before as (
  select
    share.*,
    month = 1 or is_offer_share_met is distinct from lag(is_offer_share_met) over (partition by company_id, tax_year order by month) as is_turn
  from share
)

select
  company_id, tax_year, month, month_start, is_offer_share_met,
  is_turn
from with_before
