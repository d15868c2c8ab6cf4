{# What a person must settle before a return is final: every empty line that needs a value, and every finding. #}
with filing as (
  select * from {{ ref('int_law__form_5500_filing') }}
),

schedule_a as (
  select schedule_a.*
  from {{ ref('int_law__form_5500_schedule_a') }} as schedule_a
  inner join filing on schedule_a.filing_id = filing.filing_id
),

broker as (
  select broker.*, schedule_a.form_id
  from {{ ref('int_law__form_5500_broker') }} as broker
  inner join schedule_a on broker.schedule_a_id = schedule_a.schedule_a_id
),

counted as (
  select * from {{ ref('int_law__form_5500_count') }}
),

{% set main = [
  ('A', 'TYPE_PLAN_ENTITY_CD', 'plan_entity_code', 'benefit_plan', 'plan_entity'),
  ('B', 'INITIAL_FILING_IND', 'is_first', 'benefit_plan', 'effective_date'),
  ('B', 'AMENDED_IND', 'is_amended', 'plan_filing', 'is_amended'),
  ('B', 'FINAL_FILING_IND', 'is_final', 'plan_filing', 'is_final'),
  ('C', 'COLLECTIVE_BARGAIN_IND', 'is_collectively_bargained', 'benefit_plan', 'is_collectively_bargained'),
  ('D', 'F5558_APPLICATION_FILED_IND', 'is_extended_5558', 'plan_filing', 'form_5558_filed_on'),
  ('D', 'EXT_AUTOMATIC_IND', 'is_extended_automatic', 'plan_filing', 'automatic_extension'),
  ('D', 'DFVC_PROGRAM_IND', 'is_dfvcp', 'plan_filing', 'is_dfvcp'),
  ('D', 'EXT_SPECIAL_IND', 'is_extended_special', 'plan_filing', 'special_extension'),
  ('1b', 'SPONS_DFE_PN', 'plan_number', 'benefit_plan', 'plan_number'),
  ('1c', 'PLAN_EFF_DATE', 'effective_date', 'benefit_plan', 'effective_date'),
  ('2a', 'SPONS_DFE_MAIL_US_ADDRESS1', 'address_line1', 'company', 'address_line1'),
  ('2a', 'SPONS_DFE_MAIL_US_CITY', 'city', 'company', 'city'),
  ('2a', 'SPONS_DFE_MAIL_US_STATE', 'state', 'company', 'state'),
  ('2a', 'SPONS_DFE_MAIL_US_ZIP', 'zip', 'company', 'zip'),
  ('2c', 'SPONS_DFE_PHONE_NUM', 'sponsor_phone', 'company', 'phone'),
  ('2d', 'BUSINESS_CODE', 'business_code', 'company', 'business_code'),
  ('8b', 'TYPE_WELFARE_BNFT_CODE', 'welfare_codes', 'benefit_plan', 'feature_codes'),
  ('9a(1)', 'FUNDING_INSURANCE_IND', 'funding_insurance', 'benefit_plan', 'funding_arrangement'),
  ('9a(2)', 'FUNDING_SEC412_IND', 'funding_section_412', 'benefit_plan', 'funding_arrangement'),
  ('9a(3)', 'FUNDING_TRUST_IND', 'funding_trust', 'benefit_plan', 'has_trust'),
  ('9a(4)', 'FUNDING_GEN_ASSET_IND', 'funding_general_assets', 'benefit_plan', 'funding_arrangement'),
  ('9b(1)', 'BENEFIT_INSURANCE_IND', 'benefit_insurance', 'benefit_plan', 'benefit_arrangement'),
  ('9b(2)', 'BENEFIT_SEC412_IND', 'benefit_section_412', 'benefit_plan', 'benefit_arrangement'),
  ('9b(3)', 'BENEFIT_TRUST_IND', 'benefit_trust', 'benefit_plan', 'has_trust'),
  ('9b(4)', 'BENEFIT_GEN_ASSET_IND', 'benefit_general_assets', 'benefit_plan', 'benefit_arrangement'),
  ('10b(3)', 'NUM_SCH_A_ATTACHED_CNT', 'schedule_a_count', 'plan_contract', ''),
  ('11a', 'SUBJ_M1_FILING_REQ_IND', 'm1_required', 'benefit_plan', 'm1_required'),
] -%}
{% set administrator = [
  ('3a', 'ADMIN_US_ADDRESS1', 'administrator_address'), ('3a', 'ADMIN_US_CITY', 'administrator_city'),
  ('3a', 'ADMIN_US_STATE', 'administrator_state'), ('3a', 'ADMIN_US_ZIP', 'administrator_zip'),
  ('3b', 'ADMIN_EIN', 'administrator_ein'), ('3c', 'ADMIN_PHONE_NUM', 'administrator_phone'),
] -%}
{% set counts = [
  ('5', 'TOT_PARTCP_BOY_CNT', 'first'), ('6a(1)', 'TOT_ACT_PARTCP_BOY_CNT', 'first'), ('6a(2)', 'TOT_ACTIVE_PARTCP_CNT', 'last'),
  ('6b', 'RTD_SEP_PARTCP_RCVG_CNT', 'last'), ('6c', 'RTD_SEP_PARTCP_FUT_CNT', 'last'), ('6d', 'SUBTL_ACT_RTD_SEP_CNT', 'last'),
] -%}
{% set contract = [
  ('1(b)', 'INS_CARRIER_EIN', 'carrier_ein is null', 'carrier_ein', 'The carrier has no EIN'),
  ('1(c)', 'INS_CARRIER_NAIC_CODE', 'carrier_naic_code is null', 'carrier_naic_code', 'The carrier has no NAIC code; 0 where none is assigned'),
  ('1(e)', 'INS_PRSN_COVERED_EOY_CNT', 'persons_covered is null', 'persons_covered_end', 'The persons covered at the end of the policy year are not given'),
  ('2(a)', 'INS_BROKER_COMM_TOT_AMT', 'not is_commission_known', '', 'Commissions of this contract are not known'),
  ('2(b)', 'INS_BROKER_FEES_TOT_AMT', 'not is_commission_known', '', 'Fees of this contract are not known'),
  ('8', 'WLFR_BNFT_HEALTH_IND', 'not has_benefits', 'benefit_types', 'The benefits of the contract are not given'),
  ('8j', 'WLFR_BNFT_HMO_IND', 'is_network_unknown', 'network_type', 'The kind of contract is none of HMO, PPO, Indemnity'),
  ('8m', 'WLFR_TYPE_BNFT_OTH_TEXT', 'is_other = 1 and other_benefit_text is null', 'other_benefit_text', 'The other benefit is not named'),
  ('9', 'WLFR_PREMIUM_RCVD_AMT', 'is_experience_rated is null', 'is_experience_rated', 'It is not known whether line 9 or line 10 applies'),
  ('9', 'WLFR_PREMIUM_RCVD_AMT', 'is_experience_rated and not has_experience_amounts', 'premiums_paid', 'The contract is experience-rated but gives no amount of line 9'),
  ('10a', 'WLFR_TOT_CHARGES_PAID_AMT', 'not is_experience_rated and nonexperience_premiums is null', 'nonexperience_premiums', 'The premiums of the contract are not given'),
  ('11', 'INS_FAIL_PROVIDE_INFO_IND', 'is_failed is null', 'failed_to_provide', 'It is not known whether the carrier gave all information'),
  ('12', 'INS_FAIL_PROVIDE_INFO_TEXT', 'is_failed and failed_detail is null', 'failed_detail', 'What the carrier did not give is not named'),
  ('1(a)', 'INS_CARRIER_NAME', 'is_carrier_mixed', 'rating_unit', 'Contracts of one rating unit name different carriers'),
  ('9', 'WLFR_PREMIUM_RCVD_AMT', 'is_mixed', 'rating_unit', 'Only some contracts of the rating unit give an amount'),
  ('1', 'INS_CONTRACT_NUM', 'not is_kind_known', 'contract_kind', 'It is not known whether the contract is insured'),
] -%}
main_item as (
  {% for line, box, field, table, column in main -%}
  select filing_id, company_id, plan_year, 'F_5500' as form, cast(null as integer) as form_id, cast(null as integer) as row_order, '{{ line }}' as line, '{{ box }}' as box,
    '{{ table }}' as source_table, '{{ column }}' as source_column, benefit_plan_id as source_key,
    'No value is given' as reason, true as is_blocking
  from filing where {{ field }} is null{{ ' and is_domestic' if field in ('state', 'zip') }}
  union all
  {% endfor -%}
  {% for line, box, field in administrator -%}
  select filing_id, company_id, plan_year, 'F_5500' as form, cast(null as integer) as form_id, cast(null as integer) as row_order, '{{ line }}' as line, '{{ box }}' as box,
    'benefit_plan' as source_table, '{{ field }}' as source_column, benefit_plan_id as source_key,
    'The administrator is not the sponsor and this is not given' as reason, true as is_blocking
  from filing where is_administrator_sponsor = 0 and {{ field }} is null
  union all
  {% endfor -%}
  {% for field, box, line in [('m1_in_compliance', 'COMPLIANCE_M1_FILING_REQ_IND', '11b'), ('m1_receipt', 'M1_RECEIPT_CONFIRMATION_CODE', '11c')] -%}
  select filing_id, company_id, plan_year, 'F_5500' as form, cast(null as integer) as form_id, cast(null as integer) as row_order, '{{ line }}' as line, '{{ box }}' as box,
    '{{ 'plan_filing' if line == '11b' else 'benefit_plan' }}' as source_table, '{{ field }}' as source_column, benefit_plan_id as source_key,
    'The plan must file Form M-1 and this is not given' as reason, true as is_blocking
  from filing where m1_required = 1 and {{ field }} is null
  union all
  {% endfor -%}
  {% for line, box, day in counts -%}
  select filing.filing_id, filing.company_id, filing.plan_year, 'F_5500' as form, cast(null as integer) as form_id, cast(null as integer) as row_order, '{{ line }}' as line, '{{ box }}' as box,
    counted.source_table, '' as source_column, filing.benefit_plan_id as source_key, counted.{{ day }}_reason as reason, true as is_blocking
  from filing inner join counted on filing.filing_id = counted.filing_id where counted.{{ day }}_reason is not null
  {{ 'union all' if not loop.last }}
  {% endfor -%}
),

contract_item as (
  {% for line, box, condition, column, reason in contract -%}
  select filing_id, company_id, plan_year, 'F_SCH_A' as form, form_id, cast(null as integer) as row_order, '{{ line }}' as line, '{{ box }}' as box,
    '{{ 'plan_contract' if column else 'plan_fee' }}' as source_table, '{{ column }}' as source_column,
    plan_contract_id as source_key, '{{ reason }}' as reason, true as is_blocking
  from schedule_a where {{ condition }}
  {{ 'union all' if not loop.last }}
  {% endfor -%}
),

broker_item as (
  {% for line, box, condition, column, reason in [
    ('3(b)', 'INS_BROKER_COMM_PD_AMT', 'base_amount is null and fee_amount is null', 'base_commission', 'The recipient has neither commission nor fee'),
    ('3(a)', 'INS_BROKER_US_ADDRESS1', 'us_address is null and foreign_address is null', 'address_line1', 'The recipient has no address'),
    ('3(d)', 'INS_BROKER_FEES_PD_TEXT', 'fee_amount > 0 and fee_purpose is null', 'fee_purpose', 'The fee has no purpose'),
    ('3(e)', 'INS_BROKER_CODE', 'organization_code is null', 'organization_code', 'The recipient has no organization code'),
  ] -%}
  select filing_id, company_id, plan_year, 'F_SCH_A_PART1' as form, form_id, row_order, '{{ line }}' as line, '{{ box }}' as box,
    'plan_fee' as source_table, '{{ column }}' as source_column, plan_fee_id as source_key, '{{ reason }}' as reason, true as is_blocking
  from broker where {{ condition }}
  {{ 'union all' if not loop.last }}
  {% endfor -%}
),

item as (
  select * from main_item
  union all
  select * from contract_item
  union all
  select * from broker_item
  union all
  select * from {{ ref('int_law__form_5500_finding') }}
)

select
  item.*,
  coalesce(plan_year.benefit_plan_id, item.source_key) as benefit_plan_id
from item
left join {{ ref('int_law__form_5500_plan_year') }} as plan_year on item.filing_id = plan_year.filing_id
