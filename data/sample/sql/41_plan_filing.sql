-- Contracts, commissions and filing facts of each company's wrap welfare plan.
create table covered_end as
select
  e.firm_no, s.provider_key, y.y,
  count(distinct e.i)
  + cast(sum(case when e.benefit_type in ('health', 'dental', 'vision') then
    (case e.coverage_level when 'Employee + Spouse' then 1 when 'Employee + Child(ren)' then h.children when 'Employee + Family' then 1 + h.children else 0 end) else 0 end) as bigint) as persons
from numbered_enrollment as e
inner join season as y on y.y < 1 and e.covered_from <= y.end_date and coalesce(e.covered_to, y.end_date) >= y.end_date
inner join scheme as s on s.plan_id = e.plan_id and s.in_wrap
inner join household as h on h.i = e.i
where e.enrollment_status in ('Active', 'Terminated')
group by all;

create table policy as
select
  s.firm_no, s.kind, s.company_id, s.wrap_id, s.provider_key, w.y,
  cast(round(sum(w.employer_cost + w.employee_cost), 0) as decimal(16, 2)) as premium
from worth as w
inner join scheme as s on s.plan_id = w.plan_id and s.in_wrap
group by all;

create table policy_facts as
select
  p.*, sp.provider_name, sp.ein, sp.naic_code, e.persons,
  p.provider_key = 'northvale' and p.kind = '1' as is_rated,
  cast(round(p.premium * 30 / 1000, 0) as decimal(16, 2)) as commission,
  case when p.provider_key in ('northvale', 'bluestem') then cast(round(p.premium * 6 / 1000, 0) as decimal(16, 2)) end as fee,
  uid('plan_contract', concat_ws('/', p.firm_no, p.provider_key, p.y)) as contract_id
from policy as p
inner join supplier as sp on sp.firm_no = p.firm_no and sp.provider_key = p.provider_key
left join covered_end as e on e.firm_no = p.firm_no and e.provider_key = p.provider_key and e.y = p.y;

create table out_plan_contract as
select
  contract_id as id, wrap_id as benefit_plan_id, provider_name as carrier_name, ein as carrier_ein, naic_code as carrier_naic_code,
  upper(substr(provider_key, 1, 3)) || '-' || firm_no || '0' || draw(provider_key || firm_no, 'contract', 9000) + 1000 as contract_number,
  'insured' as contract_kind, year_start(y) as policy_from, year_end(y) as policy_to,
  case when y < 1 then persons end as persons_covered_end,
  case provider_key when 'brightwater' then '["dental"]' when 'clearlake' then '["vision"]' when 'summit_life' then '["life","other"]'
    when 'summit_disability' then '["std","ltd"]' when 'harbor' then '["other"]' else '["health","prescription_drug"]' end as benefit_types,
  case provider_key when 'summit_life' then 'Accidental death and dismemberment'
    when 'harbor' then 'Accident, critical illness and hospital indemnity' end as other_benefit_text,
  case when kind = '3' and provider_key = 'northvale' then 'HMO' when provider_key in ('northvale', 'bluestem', 'brightwater') then 'PPO' end as network_type,
  is_rated as is_experience_rated,
  case when y < 1 and is_rated then premium + 1200 end as premiums_earned,
  case when y < 1 and is_rated then premium end as premiums_paid,
  case when y < 1 and is_rated then -450 end as unearned_reserve_change,
  case when y < 1 and is_rated then 750 end as premiums_due_change,
  case when y < 1 and is_rated then round(premium * 80 / 100, 0) end as claims_paid,
  case when y < 1 and is_rated then round(premium * 1 / 100, 0) end as claims_reserve_change,
  case when y < 1 and is_rated then round(premium * 80 / 100, 0) + round(premium * 1 / 100, 0) end as claims_charged,
  case when y < 1 and is_rated then commission + fee end as retention_commissions,
  case when y < 1 and is_rated then round(premium * 62 / 1000, 0) end as retention_administration,
  case when y < 1 and is_rated then 0 end as retention_acquisition,
  case when y < 1 and is_rated then round(premium * 8 / 1000, 0) end as retention_expenses,
  case when y < 1 and is_rated then round(premium * 21 / 1000, 0) end as retention_taxes,
  case when y < 1 and is_rated then round(premium * 15 / 1000, 0) end as retention_risk,
  case when y < 1 and is_rated then 0 end as retention_other,
  case when y < 1 and is_rated then 0 end as reserve_held,
  case when y < 1 and is_rated then round(premium * 9 / 100, 0) end as claim_reserve,
  case when y < 1 and is_rated then 0 end as other_reserves,
  case when y < 1 and not is_rated then premium end as nonexperience_premiums,
  false as failed_to_provide, stamp(least(year_end(y) + 75, getvariable('window_end')), '09:00:00') as updated_at
from policy_facts;

create table out_plan_fee as
select
  uid('plan_fee', contract_id || '/broker') as id, contract_id as plan_contract_id, wrap_id as benefit_plan_id,
  getvariable('tax_year') + y as plan_year, 'Cordwain Benefit Brokers LLC' as recipient_name, '009630101' as recipient_ein,
  '210 Exchange Street' as address_line1, 'Columbus' as city, 'OH' as state, '43215' as zip, 'US' as country,
  '3' as organization_code, commission as base_commission, fee as fee_amount,
  case when fee > 0 then 'Service and retention bonus' end as fee_purpose, '["22"]' as service_codes
from policy_facts
where y < 1
union all
select
  uid('plan_fee', contract_id || '/administrator'), contract_id, wrap_id, getvariable('tax_year') + y,
  'Lanternby Plan Services Inc', '009630202', '4 Quay Road', 'Dayton', 'OH', '45402', 'US', '5', 0,
  round(premium * 4 / 1000, 0), 'Enrollment administration', '["12"]'
from policy_facts
where y < 1 and is_rated;

create table out_plan_filing as
select
  uid('plan_filing', f.firm_no || '/' || s.y) as id, uid('benefit_plan', f.firm_no || '/wrap') as benefit_plan_id,
  getvariable('tax_year') + s.y as plan_year, case when s.y = -1 then s.end_date + 205 end as form_5558_filed_on,
  false as automatic_extension, false as is_dfvcp, f.contact_name as signer_name,
  case when s.y = -1 then s.end_date + 270 end as signed_on, case when s.y = -1 then s.end_date + 270 end as sponsor_signed_on,
  'Abel Inkwright' as preparer_name, 'Cordwain Benefit Brokers LLC' as preparer_firm, '6145550188' as preparer_phone,
  '210 Exchange Street' as preparer_address_line1, 'Columbus' as preparer_city, 'OH' as preparer_state, '43215' as preparer_zip,
  false as is_amended, false as is_first, false as is_final, 'none' as actuarial_schedule, false as all_assets_eligible
from firm as f
cross join season as s
where s.y < 1;

create table out_filing_submission as
select uid('filing_submission', f.firm_no || '/' || t.form) as id, f.company_id, t.form, f.ein as entity_key,
  getvariable('tax_year') - 1 as year, year_start(0) + t.days as due_date, year_start(0) + t.days - 12 as filed_on,
  'SAMPLE-' || upper(substr(md5(f.firm_no || t.form), 1, 10)) as receipt_id, 'Accepted' as status, 'imported' as source
from firm as f
cross join (values ('1094-C', 90), ('Form 5500', 288)) as t(form, days)
where f.firm_no = 1 or (f.kind in ('2', '4') and t.form = '1094-C');
