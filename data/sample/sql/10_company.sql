-- Companies, their ALE group, departments, regions, providers and calendars.
create table firm as
with sized as (
  select
    cast(n as integer) as firm_no,
    -- the fourth is the third member of the group; every other one after the second is small
    case
      when n = 4 then greatest(1, getvariable('people') * 12 // 100)
      when n > 2 then least(24, greatest(1, getvariable('people') * 7 // 100 // (getvariable('companies') - 2)))
    end as small_size
  from range(1, getvariable('companies') + 1) as t(n)
),
rest as (
  select getvariable('people') - coalesce(sum(small_size), 0) as people from sized
),
counted as (
  select
    firm_no,
    cast(case
      when getvariable('companies') = 1 then rest.people
      when firm_no = 1 then rest.people * 75 // 100
      when firm_no = 2 then rest.people - rest.people * 75 // 100
      else small_size
    end as bigint) as people
  from sized, rest
)
select
  counted.firm_no,
  case when counted.firm_no <= 5 then cast(counted.firm_no as varchar) else '3' end as kind,
  counted.people,
  cast(coalesce(sum(counted.people) over (order by counted.firm_no rows between unbounded preceding and 1 preceding), 0) as bigint) as people_before,
  uid('company', counted.firm_no) as company_id,
  coalesce(named.legal_name, 'Sample Company ' || counted.firm_no || ' LLC') as legal_name,
  coalesce(named.domain, 'sample' || counted.firm_no) || '.example.invalid' as domain,
  '00' || coalesce(named.ein_serial, cast(9500000 + counted.firm_no as varchar)) as ein,
  coalesce(named.address_line1, '1 Sample Street') as address_line1,
  coalesce(named.city, 'Columbus') as city,
  coalesce(named.state, 'OH') as state,
  coalesce(named.zip, '43215') as zip,
  coalesce(named.phone, '6145550199') as phone,
  coalesce(named.contact_name, 'Sample Contact') as contact_name,
  coalesce(named.contact_title, 'Office Manager') as contact_title,
  coalesce(named.business_code, '541990') as business_code
from counted
left join book('company') as named on cast(named.company_no as integer) = counted.firm_no;

create table out_company as
select
  company_id as id, legal_name, ein, address_line1, city, state, zip, 'US' as country, phone,
  contact_name, contact_title, phone as contact_phone, business_code,
  12 as fiscal_year_end_month, true as erisa_sponsor, false as is_applicable_creditor,
  true as is_test_data, true as is_active,
  stamp(year_start(-4), '08:00:00') as created_at, stamp(year_start(-1), '08:00:00') as updated_at
from firm;

create table out_ale_group_member as
select
  uid('ale_group_member', firm_no) as id, 'Halden Group' as group_name, company_id,
  legal_name as name, ein, year_start(-4) as from_date,
  cast(greatest(1, people * 62 // 100) as integer) as monthly_full_time_count
from firm
where kind in ('1', '2', '4') and getvariable('companies') >= 2;

create table out_aca_employer_year as
select
  uid('aca_employer_year', firm_no || '/' || y) as id, company_id,
  getvariable('tax_year') + y as tax_year,
  case when kind in ('1', '2', '4') then 'ale' else 'not_ale' end as ale_status,
  false as first_ale_year, true as offered_prior_year, false as use_1a,
  false as qualifying_offer_method, false as ninety_eight_percent_method,
  'first_day' as column_c_day_rule, 'class' as full_time_basis,
  case when kind = '5' then '1095-B' else '1095-C' end as non_employee_form, false as form_for_everyone, 'highest' as fpl_choice,
  'coverage_month' as silver_month_rule
from firm, (values (-1), (0), (1)) as t(y);

create table unit as
select
  firm.firm_no, cast(d.department_no as integer) as department_no, firm.company_id,
  uid('department', firm.firm_no || '/' || d.department_no) as department_id,
  d.name, d.code, cast(d.weight as integer) as weight,
  coalesce(sum(cast(d.weight as integer)) over (
    partition by firm.firm_no order by cast(d.department_no as integer)
    rows between unbounded preceding and 1 preceding), 0) as weight_before,
  sum(cast(d.weight as integer)) over (partition by firm.firm_no) as weight_total
from firm
inner join book('department') as d on contains(d.kinds, firm.kind);

create table out_department as
select department_id as id, company_id, name, code, true as is_active,
  stamp(year_start(-1), '08:00:00') as updated_at
from unit;

create table area as
select
  firm.firm_no, cast(r.region_no as integer) as region_no, firm.company_id,
  uid('region', firm.firm_no || '/' || r.region_no) as region_id, r.name, r.code
from firm, book('region') as r;

create table out_region as
select region_id as id, company_id, name, code, true as is_active,
  stamp(year_start(-1), '08:00:00') as updated_at
from area;

create table supplier as
select
  firm.firm_no, firm.company_id, p.provider_key, p.provider_name, p.provider_type,
  p.integration_method, p.data_format, p.sync_frequency, p.authentication_type,
  '00' || p.ein_serial as ein, p.naic_code,
  uid('benefits_provider_config', firm.firm_no || '/' || p.provider_key) as provider_config_id,
  firm.firm_no = 1 and p.provider_key = 'northvale' as is_replaced
from firm
inner join book('provider') as p on contains(p.kinds, firm.kind);

create table out_pay_calendar as
with cycle as (
  select * from (values
    ('1', 'biweekly'), ('1', 'semimonthly'), ('2', 'biweekly'), ('2', 'weekly'), ('3', 'monthly'), ('4', 'biweekly'), ('5', 'monthly')
  ) as t(kind, pay_frequency)
),
anchor as (
  select
    firm.company_id, firm.firm_no, cycle.pay_frequency,
    case
      when firm.kind = '1' then year_start(0) + (case when getvariable('tax_year') % 4 = 0 then 1 else 0 end)
      else year_start(0) + 11
    end as first_pay
  from firm
  inner join cycle on cycle.kind = firm.kind
),
stepped as (
  select company_id, firm_no, pay_frequency,
    cast(first_pay + cast(n * (case when pay_frequency = 'weekly' then 7 else 14 end) as integer) as date) as pay_date
  from anchor, range(-60, 120) as t(n)
  where pay_frequency in ('weekly', 'biweekly')
  union all
  select company_id, firm_no, pay_frequency, last_day(m.month)
  from anchor, months_between(year_start(-1), year_end(1)) as m
  where pay_frequency in ('semimonthly', 'monthly')
  union all
  select company_id, firm_no, pay_frequency, m.month + 14
  from anchor, months_between(year_start(-1), year_end(1)) as m
  where pay_frequency = 'semimonthly'
)
select
  uid('pay_calendar', concat_ws('/', firm_no, pay_frequency, pay_date)) as id,
  company_id, pay_frequency, pay_date
from stepped
where pay_date between year_start(-1) and year_end(1);

create table pay_count as
select company_id, pay_frequency, cast(year(pay_date) - getvariable('tax_year') as integer) as y, count(*) as pays
from out_pay_calendar
group by all;

create table out_measurement_policy as
select
  uid('measurement_policy', firm_no) as id, company_id, year_start(-2) as valid_from,
  '["variable_hour","part_time","seasonal"]' as applies_to, 'look_back' as method,
  '10-15' as standard_start_month_day, 12 as standard_length_months,
  '10-15' as admin_start_month_day, 78 as admin_length_days,
  '01-01' as stability_start_month_day, 12 as stability_length_months,
  'first_of_month_after_hire' as initial_start_rule, 12 as initial_length_months,
  30 as initial_admin_length_days, false as weekly_rule, 'actual' as equivalency,
  13 as break_weeks, false as parity_rule, 'exclude' as leave_treatment
from firm
where kind in ('1', '2', '4');
