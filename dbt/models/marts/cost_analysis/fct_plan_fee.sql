{# What a plan paid or had paid for it in commissions and fees. plan_fee knows only a plan year, so it is shown by year
   and never spread over months or added to the monthly cost (D61): commissions are inside the premium already. #}
with contract as (
  select plan_contract_id, benefit_plan_id from {{ ref('stg_hr__plan_contract') }}
),

plan as (
  select benefit_plan_id, company_id from {{ ref('stg_hr__benefit_plan') }}
),

rejected as (
  select company_id from {{ ref('int_law__form_5500_rejected') }} where table_name = 'plan_fee'
),

{# Pay for services is what a row without a contract calls direct, indirect or a formula; all else is a commission or fee. #}
fee as (
  select
    coalesce(fee.benefit_plan_id, contract.benefit_plan_id) as benefit_plan_id,
    fee.plan_year,
    fee.base_commission,
    fee.fee_amount,
    fee.direct_compensation,
    fee.indirect_compensation,
    coalesce(fee.has_formula, false) as has_formula,
    fee.plan_contract_id is null and (
      fee.direct_compensation is not null or fee.indirect_compensation is not null
      or fee.has_formula is not null or fee.eligible_indirect is not null
    ) as is_service
  from {{ ref('stg_hr__plan_fee') }} as fee
  left join contract on fee.plan_contract_id = contract.plan_contract_id
),

gap as (
  select
    *,
    case when not is_service and base_commission is null and fee_amount is null then 1 else 0 end as lacks_commission,
    case when is_service and direct_compensation is null and indirect_compensation is null and not has_formula
      then 1 else 0 end as lacks_service,
    case when has_formula and indirect_compensation is null then 1 else 0 end as lacks_indirect
  from fee
),

summed as (
  select
    plan.company_id,
    gap.benefit_plan_id,
    gap.plan_year,
    count(*) as payment_count,
    sum(gap.base_commission) as commission,
    sum(gap.fee_amount) as other_fee,
    sum(gap.direct_compensation) as direct,
    sum(gap.indirect_compensation) as indirect,
    sum(gap.lacks_commission) as commission_gaps,
    sum(gap.lacks_service) as service_gaps,
    sum(gap.lacks_service + gap.lacks_indirect) as indirect_gaps
  from gap
  inner join plan on gap.benefit_plan_id = plan.benefit_plan_id
  group by plan.company_id, gap.benefit_plan_id, gap.plan_year
),

{# A payment in quarantine may belong to any plan year of its company, and without a company to any at all. #}
lost as (
  select company_id, 1 as lost_rows from rejected where company_id is not null group by company_id
),

known as (
  select
    summed.*,
    coalesce(lost.lost_rows, 0) + (select count(*) from rejected where company_id is null) as lost_rows
  from summed
  left join lost on summed.company_id = lost.company_id
),

figures as (
  select
    *,
    {{ known_sum('commission', 'commission_gaps + lost_rows') }} as commission_known,
    {{ known_sum('other_fee', 'commission_gaps + lost_rows') }} as other_fee_known,
    {{ known_sum('direct', 'service_gaps + lost_rows') }} as direct_known,
    {{ known_sum('indirect', 'indirect_gaps + lost_rows') }} as indirect_known
  from known
)

select
  company_id,
  benefit_plan_id,
  cast(plan_year as integer) as plan_year,
  cast(payment_count as integer) as payment_count,
  {% for name in ['commission', 'other_fee', 'direct', 'indirect'] -%}
  cast({{ name }}_known as decimal(18,2)) as {{ name }}_amount,
  {{ status_of(name ~ '_known') }} as {{ name }}_amount_status,
  {% endfor -%}
  cast(commission_known + other_fee_known + direct_known as decimal(18,2)) as paid_amount,
  {{ status_of('commission_known + other_fee_known + direct_known') }} as paid_amount_status
from figures
