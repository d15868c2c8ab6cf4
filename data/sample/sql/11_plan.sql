-- Plans of each company, their plan years and their prices; the wrap welfare plan holds its parts.
create table scheme as
select
  firm.firm_no, firm.kind, firm.company_id, p.plan_key, p.benefit_type, p.plan_name, p.plan_code,
  supplier.provider_config_id, p.provider_key,
  p.in_wrap = 't' as in_wrap, p.welfare_or_pension, p.is_yearly = 't' as is_yearly,
  cast(p.first_year as integer) as first_year, cast(p.last_year as integer) as last_year,
  p.for_everyone = 't' as for_everyone, cast(p.take_permille as integer) as take_permille,
  case firm.kind when '1' then p.frequency_1 when '2' then p.frequency_2 else p.frequency_3 end as frequency,
  p.contribution_type,
  case
    when p.benefit_type = 'ichra' then 'ichra'
    when p.benefit_type <> 'health' then p.plan_key
    when contains(p.plan_key, 'hdhp') then 'hdhp'
    when contains(p.plan_key, 'hmo') then 'hmo'
    else 'ppo'
  end as rate_group,
  p.benefit_type in ('fsa', 'ichra') or p.plan_key = 'bakery_self' as is_self_funded,
  uid('benefit_plan', firm.firm_no || '/' || p.plan_key) as plan_id,
  uid('benefit_plan', firm.firm_no || '/wrap') as wrap_id
from firm
inner join book('plan') as p on contains(p.kinds, firm.kind)
inner join supplier on supplier.firm_no = firm.firm_no and supplier.provider_key = p.provider_key;

create table out_benefit_plan as
select
  plan_id as id, company_id, provider_config_id, plan_name, plan_code,
  case when benefit_type = 'fsa' then '502' when benefit_type = 'ichra' then '504' when plan_key = 'bakery_self' then '503'
    when benefit_type = 'retirement_401k' then '001' end as plan_number,
  benefit_type, welfare_or_pension, 'single_employer' as plan_entity,
  case when in_wrap then wrap_id end as wrap_plan_id,
  cast(null as date) as wrap_document_date,
  benefit_type in ('health', 'ichra') as is_mec, benefit_type in ('health', 'ichra') as is_minimum_value,
  is_self_funded as is_self_insured, benefit_type = 'ichra' as is_ichra, rate_group = 'hdhp' as is_hdhp,
  false as is_grandfathered, case when benefit_type = 'fsa' then 'health' end as fsa_kind,
  case when in_wrap then '["insurance"]' when is_self_funded then '["general_assets"]'
    when benefit_type = 'retirement_401k' then '["trust"]' end as funding_arrangement,
  case when in_wrap then '["insurance"]' when is_self_funded then '["general_assets"]'
    when benefit_type = 'retirement_401k' then '["trust"]' end as benefit_arrangement,
  benefit_type = 'retirement_401k' as has_trust, false as is_collectively_bargained,
  cast(null as varchar) as feature_codes,
  case when first_year = -1 then year_start(-4) else year_start(first_year) end as effective_date,
  case when last_year < 1 then year_end(last_year) end as termination_date,
  'termination_date' as coverage_ends, false as m1_required,
  stamp(year_start(-1), '08:00:00') as created_at, stamp(year_start(-1), '08:00:00') as updated_at
from scheme
union all
select
  uid('benefit_plan', firm_no || '/wrap'), company_id, null, legal_name || ' Health and Welfare Plan', 'WRAP',
  '501', 'other', 'welfare', 'single_employer', null, make_date(cast(getvariable('tax_year') - 6 as bigint), 1, 1),
  false, false, false, false, false, false, null, '["insurance"]', '["insurance"]', false, false,
  '["4A","4B","4D","4E","4F","4H","4L","4Q"]', make_date(cast(getvariable('tax_year') - 6 as bigint), 1, 1), null, 'termination_date', false,
  stamp(year_start(-1), '08:00:00'), stamp(year_start(-1), '08:00:00')
from firm;

create table season as
select y, year_start(y) as start_date, year_end(y) as end_date
from (values (-1), (0), (1)) as t(y);

create table out_plan_year as
select
  uid('plan_year', concat_ws('/', p.id, s.y)) as id, p.id as benefit_plan_id, s.start_date, s.end_date
from out_benefit_plan as p
inner join season as s
  on s.start_date <= coalesce(p.termination_date, date '9999-12-31') and s.end_date >= p.effective_date;

-- The works plan of the third group member raises its price in the middle of the tax year.
create table price as
select
  scheme.firm_no, scheme.plan_key, scheme.plan_id, s.y, k.step,
  case k.step when 2 then repriced_on else s.start_date end as start_date,
  case when k.step = 1 and is_repriced and s.y = 0 then repriced_on - 1 else s.end_date end as end_date, r.coverage_level,
  cents(cast(r.total as double) * power(1 + cast(r.growth_permille as double) / 1000, s.y) * (case k.step when 2 then 1.045 else 1 end)) as total,
  cents(cast(r.employee as double) * power(1 + cast(r.growth_permille as double) / 1000, s.y) * (case k.step when 2 then 1.12 else 1 end)) as employee
from (
  select *, plan_key = 'works_ppo' as is_repriced, make_date(cast(getvariable('tax_year') as bigint), 7, 1) as repriced_on
  from scheme
) as scheme
inner join book('rate') as r on r.rate_group = scheme.rate_group
inner join season as s on s.y between scheme.first_year and scheme.last_year
cross join (values (1), (2)) as k(step)
where k.step = 1 or (scheme.is_repriced and s.y = 0);

create table out_plan_rate as
select
  uid('plan_rate', concat_ws('/', plan_id, coverage_level, y, nullif(step, 1))) as id, plan_id as benefit_plan_id,
  coverage_level, 'standard' as contribution_class, false as is_tobacco_user,
  start_date as from_date, end_date as to_date, total as total_premium_monthly,
  employee as employee_cost_monthly,
  case when coverage_level is not null then cents(total * 1.02) end as cobra_premium_monthly
from price
where plan_key <> 'works_ichra';

-- The reimbursement instead of a group plan: an allowance, and the silver plan it is measured against.
create table out_ichra_allowance as
select
  uid('ichra_allowance', concat_ws('/', plan_id, y)) as id, plan_id as benefit_plan_id, 'remote' as employee_class,
  cast(null as integer) as age_from, cast(null as integer) as age_to, start_date as from_date, end_date as to_date,
  total as amount_monthly, 'residence' as location_basis
from price
where plan_key = 'works_ichra';

create table out_silver_premium as
select
  uid('silver_premium', concat_ws('/', p.zip, a.age, s.y)) as id, getvariable('tax_year') + s.y as plan_year, p.state,
  cast(null as varchar) as rating_area, p.zip, a.age, cast(null as integer) as month,
  cents((288 + draw(p.zip, 'silver', 60)) * power(1.045, s.y) * (0.97 + power(greatest(a.age - 20, 0), 1.6) / 232)) as premium_monthly
from place as p
cross join (select cast(n as integer) as age from range(18, 66) as t(n)) as a
cross join season as s
where exists (select 1 from scheme where benefit_type = 'ichra');
