{{ config(materialized='view') }}

with offer as (
  select * from {{ ref('fct_offer_interval') }}
),

spine as (
  select * from {{ ref('dim_month') }}
  where is_reported
)

select
  offer.benefit_offer_id,
  offer.company_id,
  offer.employee_id,
  offer.person_key,
  offer.benefit_plan_id,
  offer.provider_config_id,
  offer.reason,
  offer.response,
  offer.is_answered,
  spine.month_start,
  spine.month_end,
  offer.coverage_from >= spine.month_start as is_first_month
from offer
inner join spine
  on offer.coverage_from <= spine.month_end
  and {{ open_end('offer.coverage_to') }} >= spine.month_start
  and {{ open_end('offer.coverage_to') }} >= offer.coverage_from
