{# One row per Schedule A: contracts of one rating unit together, every other contract by itself. #}
with contract as (
  select * from {{ ref('int_law__form_5500_contract') }} where is_on_schedule_a
),

amount as (
  select * from {{ ref('int_law__form_5500_schedule_a_amount') }}
),

benefit as (
  select * from {{ ref('int_law__form_5500_schedule_a_benefit') }}
),

commission as (
  select
    schedule_a_id,
    cast(sum(coalesce(base_amount, 0)) as bigint) as base_total,
    cast(sum(coalesce(fee_amount, 0)) as bigint) as fee_total,
    sum(case when base_amount is null and fee_amount is null then 1 else 0 end) as unknown_recipients
  from {{ ref('int_law__form_5500_broker') }}
  group by schedule_a_id
),

fee_state as (
  select coalesce(max(case when state <> 'absent' then 1 else 0 end), 0) as is_known
  from {{ ref('stg_landing__table_state') }}
  where table_name = 'plan_fee'
),

unit as (
  select
    schedule_a_id,
    filing_id,
    company_id,
    plan_year,
    min(plan_contract_id) as plan_contract_id,
    cast(count(*) as integer) as contract_count,
    count(contract_kind) = count(*) as is_kind_known,
    min(carrier_name) as carrier_name,
    max(carrier_name) <> min(carrier_name) as is_carrier_mixed,
    min({{ digits('carrier_ein') }}) as carrier_ein,
    min(carrier_naic_code) as carrier_naic_code,
    min(contract_number) as contract_number,
    cast({{ whole_sum('persons_covered_end') }} as integer) as persons_covered,
    min(policy_from) as policy_from,
    max(policy_to) as policy_to,
    max(other_benefit_text) as other_benefit_text,
    max(dividends_paid_as) as dividends_paid_as,
    max(acquisition_costs_nature) as acquisition_costs_nature,
    case when count(failed_to_provide) = count(*) then max({{ checked('failed_to_provide') }}) = 1 end as is_failed,
    max(failed_detail) as failed_detail
  from contract
  group by schedule_a_id, filing_id, company_id, plan_year
)

select
  unit.*,
  cast(row_number() over (
    partition by unit.filing_id order by unit.carrier_name, unit.contract_number, unit.policy_from, unit.schedule_a_id
  ) as integer) as form_id,
  fee_state.is_known = 1 as is_fee_known,
  fee_state.is_known = 1 and coalesce(commission.unknown_recipients, 0) = 0 as is_commission_known,
  case when fee_state.is_known = 1 and coalesce(commission.unknown_recipients, 0) = 0 then commission.base_total end as commission_total,
  case when fee_state.is_known = 1 and coalesce(commission.unknown_recipients, 0) = 0 then commission.fee_total end as fee_total,
  benefit.is_declared as has_benefits,
  benefit.is_network_unknown,
  benefit.is_health,
  benefit.is_dental,
  benefit.is_vision,
  benefit.is_life,
  benefit.is_std,
  benefit.is_ltd,
  benefit.is_supplemental_unemployment,
  benefit.is_prescription_drug,
  benefit.is_stop_loss,
  benefit.is_hmo,
  benefit.is_ppo,
  benefit.is_indemnity,
  benefit.is_other,
  amount.is_experience_rated,
  amount.has_experience_amounts,
  amount.is_mixed,
  amount.premiums_paid,
  amount.premiums_due_change,
  amount.unearned_reserve_change,
  amount.premiums_earned,
  amount.earned_total,
  amount.claims_paid,
  amount.claims_reserve_change,
  amount.incurred_total,
  amount.claims_charged,
  amount.retention_commissions,
  amount.retention_administration,
  amount.retention_acquisition,
  amount.retention_expenses,
  amount.retention_taxes,
  amount.retention_risk,
  amount.retention_other,
  amount.retention_total,
  amount.dividends_credited,
  amount.reserve_held,
  amount.claim_reserve,
  amount.other_reserves,
  amount.dividends_due,
  amount.nonexperience_premiums,
  amount.acquisition_costs
from unit
cross join fee_state
inner join amount on unit.schedule_a_id = amount.schedule_a_id
inner join benefit on unit.schedule_a_id = benefit.schedule_a_id
left join commission on unit.schedule_a_id = commission.schedule_a_id
