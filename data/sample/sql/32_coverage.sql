-- Terms of each insured enrollment; one planted row names a pre-existing condition exclusion.
create view coverage as
select
  e.*, s.plan_name, s.plan_code, s.rate_group,
  case e.benefit_type
    when 'health' then 'Health' when 'dental' then 'Dental' when 'vision' then 'Vision' when 'life' then 'Life'
    when 'add' then 'AD&D' when 'std' then 'Short Term Disability' when 'ltd' then 'Long Term Disability'
    when 'accident' then 'Accident' when 'critical_illness' then 'Critical Illness' when 'hospital_indemnity' then 'Hospital Indemnity'
  end as coverage_type
from numbered_enrollment as e
inner join scheme as s on s.plan_id = e.plan_id
where e.enrollment_status <> 'Cancelled';

create view out_benefits_coverage_details as
select
  uid('benefits_coverage_details', enrollment_id) as id, company_id, enrollment_id, coverage_type, plan_name, plan_code,
  case benefit_type when 'life' then 50000 when 'add' then 50000 when 'critical_illness' then 10000
    when 'std' then 1200 when 'ltd' then 5000 end as coverage_amount,
  case when benefit_type = 'health' then (case rate_group when 'hdhp' then 3300 when 'hmo' then 500 else 1500 end)
    when benefit_type = 'dental' then 50 else 0 end as deductible_amount,
  case when benefit_type = 'health' and rate_group <> 'hdhp' then 30 when benefit_type = 'vision' then 10 else 0 end as copay_amount,
  case benefit_type when 'health' then 20 when 'dental' then 20 else 0 end as coinsurance_percentage,
  case when benefit_type = 'health' then (case rate_group when 'hdhp' then 6500 else 5000 end) else 0 end as out_of_pocket_max,
  case when benefit_type = 'health' then (case rate_group when 'hmo' then 'HMO' else 'PPO' end)
    when benefit_type in ('dental', 'vision') then 'PPO' end as network_type,
  case when benefit_type = 'health' then 'Statewide' end as provider_network,
  case rate_group when 'hdhp' then 'Basic' when 'ppo' then 'Enhanced' else 'Standard' end as coverage_tier,
  case when enrollment_type = 'New Hire' then 60 else 0 end as waiting_period_days,
  case
    when is_planted then '["asthma"]'
    when benefit_type = 'health' then '[]'
  end as pre_existing_conditions,
  case when benefit_type = 'dental' then '["Orthodontics for children only"]' when benefit_type = 'std' then '["Seven days before benefits start"]' end as limitations,
  case when benefit_type = 'health' then '["Telehealth"]' end as additional_benefits,
  employee_monthly + employer_monthly as premium_amount, enrollment_status <> 'Terminated' as is_active,
  stamp(least(covered_from, getvariable('window_end')), '06:00:00') as created_at,
  stamp(least(coalesce(covered_to, covered_from), getvariable('window_end')), '06:00:00') as updated_at
from (
  select *,
    firm_no = 1 and benefit_type = 'health' and enrollment_status = 'Active'
      and row_number() over (partition by firm_no = 1 and benefit_type = 'health' and enrollment_status = 'Active' order by i, covered_from) = 1 as is_planted
  from coverage
)
where coverage_type is not null;
