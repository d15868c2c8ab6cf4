{# Form 5500, Parts I to III, of each plan year that files or may have to: columns as in the public data set. #}
with filing as (
  select * from {{ ref('int_law__form_5500_plan_year') }}
),

requirement as (
  select filing_id, rule, status, arrangement
  from {{ ref('int_law__form_5500_requirement') }}
  where plan_kind = 'welfare' and status in ('required', 'unknown')
),

plan as (
  select * from {{ ref('stg_hr__benefit_plan') }}
),

company as (
  select
    *,
    coalesce(upper(country), 'US') in ('US', 'USA', 'UNITED STATES') as is_domestic
  from {{ ref('stg_hr__company') }}
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

schedule_a as (
  select filing_id, cast(count(*) as integer) as schedules
  from {{ ref('int_law__form_5500_schedule_a') }}
  group by filing_id
),

contract_state as (
  select coalesce(max(case when state <> 'absent' then 1 else 0 end), 0) as is_known
  from {{ ref('stg_landing__table_state') }}
  where table_name = 'plan_contract'
),

next_year as (
  select
    filing.filing_id,
    min(following.first_total) as next_total
  from filing
  inner join {{ ref('int_law__form_5500_plan_year') }} as later
    on filing.benefit_plan_id = later.benefit_plan_id
    and later.start_date = {{ add_days('filing.end_date', '1') }}
  inner join counted as following on later.filing_id = following.filing_id
  group by filing.filing_id
)

select
  filing.filing_id,
  filing.company_id,
  filing.benefit_plan_id,
  filing.plan_year,
  requirement.status,
  requirement.rule,
  company.ein || '-' || coalesce(plan.plan_number, '') || '-' || replace(cast(filing.start_date as string), '-', '') as filing_key,
  filing.line_edition,
  filing.start_date,
  filing.end_date,
  case plan.plan_entity when 'multiemployer' then 1 when 'single_employer' then 2 when 'multiple_employer' then 3 when 'dfe' then 4 end as plan_entity_code,
  declaration.is_first,
  declaration.is_amended,
  declaration.is_final,
  case when filing.is_short then 1 else 0 end as is_short,
  {{ checked('plan.is_collectively_bargained') }} as is_collectively_bargained,
  declaration.is_extended_5558,
  declaration.is_extended_automatic,
  declaration.is_dfvcp,
  declaration.is_extended_special,
  declaration.special_extension,
  plan.plan_name,
  plan.plan_number,
  plan.effective_date,
  company.legal_name as sponsor_name,
  company.is_domestic,
  company.address_line1,
  company.address_line2,
  company.city,
  company.state,
  company.zip,
  company.country,
  {{ digits('company.ein') }} as sponsor_ein,
  {{ digits('company.phone') }} as sponsor_phone,
  company.business_code,
  case when plan.administrator_name is null then 1 else 0 end as is_administrator_sponsor,
  plan.administrator_name,
  case when plan.administrator_name is not null then plan.administrator_address end as administrator_address,
  case when plan.administrator_name is not null then plan.administrator_city end as administrator_city,
  case when plan.administrator_name is not null then plan.administrator_state end as administrator_state,
  case when plan.administrator_name is not null then {{ digits('plan.administrator_zip') }} end as administrator_zip,
  case when plan.administrator_name is not null then {{ digits('plan.administrator_ein') }} end as administrator_ein,
  case when plan.administrator_name is not null then {{ digits('plan.administrator_phone') }} end as administrator_phone,
  declaration.prior_sponsor_name,
  declaration.prior_sponsor_ein,
  declaration.prior_plan_name,
  declaration.prior_plan_number,
  declaration.signed_on,
  declaration.signer_name,
  declaration.sponsor_signed_on,
  counted.first_total,
  counted.first_active,
  counted.last_active,
  counted.last_receiving,
  counted.last_future,
  counted.last_active + counted.last_receiving + counted.last_future as last_subtotal,
  coded.pension_codes,
  coalesce(
    coded.declared_codes,
    coded.derived_codes || case
      when next_year.next_total < filing.small_plan_limit and requirement.arrangement <> 'trust' and filing.is_ended then '4R' else '' end
  ) as welfare_codes,
  arranged.funding_insurance,
  arranged.funding_section_412,
  arranged.funding_trust,
  arranged.funding_general_assets,
  arranged.benefit_insurance,
  arranged.benefit_section_412,
  arranged.benefit_trust,
  arranged.benefit_general_assets,
  case when contract_state.is_known = 1 then coalesce(schedule_a.schedules, 0) end as schedule_a_count,
  {{ yes_no('plan.m1_required') }} as m1_required,
  case when plan.m1_required then {{ yes_no('declaration.m1_in_compliance') }} end as m1_in_compliance,
  case when plan.m1_required then plan.m1_receipt end as m1_receipt
from filing
inner join requirement on filing.filing_id = requirement.filing_id
inner join plan on filing.benefit_plan_id = plan.benefit_plan_id
inner join company on filing.company_id = company.company_id
inner join counted on filing.filing_id = counted.filing_id
inner join arranged on filing.filing_id = arranged.filing_id
inner join coded on filing.filing_id = coded.filing_id
inner join declaration on filing.filing_id = declaration.filing_id
left join schedule_a on filing.filing_id = schedule_a.filing_id
left join next_year on filing.filing_id = next_year.filing_id
cross join contract_state
