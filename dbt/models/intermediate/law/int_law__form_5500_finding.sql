{# Facts that contradict each other or need a look, and plans that get no return here although they may need one. #}
with filing as (
  select * from {{ ref('int_law__form_5500_filing') }}
),

requirement as (
  select * from {{ ref('int_law__form_5500_requirement') }}
),

plan_year as (
  select * from {{ ref('int_law__form_5500_plan_year') }}
),

plan as (
  select * from {{ ref('stg_hr__benefit_plan') }}
),

counted as (
  select * from {{ ref('int_law__form_5500_count') }}
),

arranged as (
  select * from {{ ref('int_law__form_5500_arrangement') }}
),

coded as (
  select * from {{ ref('int_law__form_5500_feature_code') }}
),

declaration as (
  select * from {{ ref('int_law__form_5500_declaration') }}
),

contract as (
  select contract.*
  from {{ ref('int_law__form_5500_contract') }} as contract
  inner join filing on contract.filing_id = filing.filing_id
),

schedule_a as (
  select schedule_a.*
  from {{ ref('int_law__form_5500_schedule_a') }} as schedule_a
  inner join filing on schedule_a.filing_id = filing.filing_id
),

fee as (
  select * from {{ ref('stg_hr__plan_fee') }}
),

rejected as (
  select table_name, company_id from {{ ref('int_law__form_5500_rejected') }}
  where table_name in ('company', 'benefit_plan', 'plan_year', 'plan_contract', 'plan_fee', 'plan_filing')
  group by table_name, company_id
),

no_year as (
  select component.company_id, component.benefit_plan_id
  from {{ ref('int_law__form_5500_component') }} as component
  left join plan_year on component.benefit_plan_id = plan_year.benefit_plan_id
  where component.is_filing_plan and plan_year.benefit_plan_id is null
    and coalesce(component.plan_kind, component.derived_plan_kind, 'welfare') = 'welfare'
),

item as (
  {# Each plan files its own return: a pension plan, which is not prepared here, holds up no welfare plan. -#}
  select filing_id, company_id, plan_year, {{ form_5500_item('', '', "'benefit_plan'", '', 'benefit_plan_id', 'status_reason', "coalesce(plan_kind, '') <> 'pension'", form="'requirement'") }}
  from requirement where status in ('unknown', 'refused')
  union all
  select cast(null as string) as filing_id, company_id, cast(null as integer) as plan_year,
    {{ form_5500_item('', '', "'plan_year'", 'start_date', 'benefit_plan_id', "'The plan has no plan year'", 'true', form="'requirement'") }}
  from no_year
  union all
  select requirement.filing_id, requirement.company_id, requirement.plan_year,
    {{ form_5500_item('', '', 'rejected.table_name', '', 'requirement.benefit_plan_id', "'Rows of ' || rejected.table_name || ' are in quarantine'", 'true', form="'requirement'") }}
  from requirement inner join rejected on coalesce(rejected.company_id, requirement.company_id) = requirement.company_id
  union all
  select filing.filing_id, filing.company_id, filing.plan_year,
    {{ form_5500_item('1b', 'SPONS_DFE_PN', "'benefit_plan'", 'plan_number', 'filing.benefit_plan_id', "'The number of a welfare plan has three digits and starts at 501'", 'true') }}
  from filing where not {{ matches('plan_number', '^[5-9][0-9][0-9]$') }} or plan_number in ('500', '888', '999')
  union all
  select filing.filing_id, filing.company_id, filing.plan_year,
    {{ form_5500_item('year-end', 'FORM_TAX_PRD', "'plan_year'", 'end_date', 'filing.benefit_plan_id', "'The plan year is longer than twelve months'", 'true') }}
  from filing inner join plan_year on filing.filing_id = plan_year.filing_id where plan_year.is_too_long
  union all
  select filing.filing_id, filing.company_id, filing.plan_year,
    {{ form_5500_item('9', 'FUNDING_INSURANCE_IND', "'benefit_plan'", 'benefit_arrangement', 'filing.benefit_plan_id', "'The declared arrangement differs from what contracts and plans show; the declared one is used'", 'false') }}
  from filing inner join arranged on filing.filing_id = arranged.filing_id where arranged.is_declared_different
  union all
  select filing.filing_id, filing.company_id, filing.plan_year,
    {{ form_5500_item('8b', 'TYPE_WELFARE_BNFT_CODE', "'benefit_plan'", 'feature_codes', 'filing.benefit_plan_id', "'The declared codes differ from those of the benefits (' || coded.derived_codes || '); the declared ones are used'", 'false') }}
  from filing inner join coded on filing.filing_id = coded.filing_id where coded.declared_codes <> coded.derived_codes
  union all
  select filing.filing_id, filing.company_id, filing.plan_year,
    {{ form_5500_item('5', 'TOT_PARTCP_BOY_CNT', "'plan_participant'", 'status', 'filing.benefit_plan_id', "'The participant list and the coverage differ in ' || cast(counted.different_people as string) || ' person-days; the list is used'", 'false') }}
  from filing inner join counted on filing.filing_id = counted.filing_id where counted.different_people > 0
  union all
  select filing.filing_id, filing.company_id, filing.plan_year,
    {{ form_5500_item('5', 'TOT_PARTCP_BOY_CNT', 'counted.source_table', '', 'filing.benefit_plan_id', "'Beneficiaries of deceased participants are counted in line 5 (' || cast(counted.beneficiaries as string) || '); practice differs'", 'false') }}
  from filing inner join counted on filing.filing_id = counted.filing_id where counted.beneficiaries > 0 and counted.first_reason is null
  union all
  select filing.filing_id, filing.company_id, filing.plan_year,
    {{ form_5500_item('sign', 'ADMIN_SIGNED_DATE', "'plan_filing'", 'signed_on', 'filing.benefit_plan_id', "'The administrator has not signed'", 'false') }}
  from filing inner join declaration on filing.filing_id = declaration.filing_id where declaration.signed_on is null
  union all
  select filing.filing_id, filing.company_id, filing.plan_year,
    {{ form_5500_item('B', 'FINAL_FILING_IND', "'plan_filing'", 'is_final', 'filing.benefit_plan_id', "'The plan ended in this year, so the return is marked final'", 'false') }}
  from filing inner join declaration on filing.filing_id = declaration.filing_id where declaration.is_final_derived
  union all
  select filing.filing_id, filing.company_id, filing.plan_year,
    {{ form_5500_item('B', 'AMENDED_IND', "'plan_filing'", '', 'filing.benefit_plan_id', "'plan_filing has no row for this plan year: taken as an original return without extension'", 'false') }}
  from filing inner join declaration on filing.filing_id = declaration.filing_id where declaration.is_known and not declaration.has_row
  union all
  select filing.filing_id, filing.company_id, filing.plan_year,
    {{ form_5500_item('D', 'F5558_APPLICATION_FILED_IND', "'plan_filing'", 'form_5558_filed_on', 'filing.benefit_plan_id', "'Form 5558 was filed after the due date and extends nothing'", 'false') }}
  from filing inner join declaration on filing.filing_id = declaration.filing_id where declaration.is_5558_late
  union all
  select filing.filing_id, filing.company_id, filing.plan_year,
    {{ form_5500_item('', '', "'benefit_plan'", 'wrap_document_date', 'filing.benefit_plan_id', "'The plan wraps others without a written document in force on its first day'", 'false') }}
  from filing inner join plan on filing.benefit_plan_id = plan.benefit_plan_id
  inner join plan_year on filing.filing_id = plan_year.filing_id
  where plan_year.part_count > 0 and (plan.wrap_document_date is null or plan.wrap_document_date > filing.start_date)
  union all
  select contract.filing_id, contract.company_id, contract.plan_year,
    {{ form_5500_item('8i', 'WLFR_BNFT_STOP_LOSS_IND', "'plan_contract'", 'contract_kind', 'contract.plan_contract_id', "'A stop-loss contract gets a Schedule A only where the plan owns it; left out'", 'false') }}
  from contract where contract.contract_kind = 'stop_loss'
  union all
  select schedule_a.filing_id, schedule_a.company_id, schedule_a.plan_year,
    {{ form_5500_item('9a(4)', 'WLFR_TOT_EARNED_PREM_AMT', "'plan_contract'", 'premiums_earned', 'schedule_a.plan_contract_id', "'The premiums earned that are given differ from 9a(1) + 9a(2) - 9a(3)'", 'false', form="'F_SCH_A'", form_id='schedule_a.form_id') }}
  from schedule_a where schedule_a.is_experience_rated and schedule_a.premiums_earned <> schedule_a.earned_total
  union all
  select schedule_a.filing_id, schedule_a.company_id, schedule_a.plan_year,
    {{ form_5500_item('9c(1)(A)', 'WLFR_RET_COMMISSIONS_AMT', "'plan_contract'", 'retention_commissions', 'schedule_a.plan_contract_id', "'Commissions kept by the carrier differ from line 2(a) by more than a dollar'", 'false', form="'F_SCH_A'", form_id='schedule_a.form_id') }}
  from schedule_a where schedule_a.is_experience_rated and abs(schedule_a.retention_commissions - schedule_a.commission_total) > 1
  union all
  select schedule_a.filing_id, schedule_a.company_id, schedule_a.plan_year,
    {{ form_5500_item('9a(1)', 'WLFR_PREMIUM_RCVD_AMT', "'plan_contract'", 'premiums_paid', 'schedule_a.plan_contract_id', "'The contract is experience-rated and gives no premium'", 'false', form="'F_SCH_A'", form_id='schedule_a.form_id') }}
  from schedule_a where schedule_a.is_experience_rated and schedule_a.has_experience_amounts and schedule_a.premiums_paid is null
  union all
  select contract.filing_id, contract.company_id, contract.plan_year,
    {{ form_5500_item('3', '', "'plan_fee'", 'plan_year', 'fee.plan_fee_id', "'The fee names another plan year than its contract; left out'", 'false', form="'F_SCH_A'") }}
  from contract inner join fee on contract.plan_contract_id = fee.plan_contract_id
  where contract.is_on_schedule_a and fee.plan_year <> contract.plan_year
)

select * from item
