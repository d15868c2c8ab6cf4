-- Addresses, pay, leaves, and the families that coverage levels and life events follow.
create view out_employee_address as
with moved as (
  select
    p.*, case when chance(i, 'moves', 70) then year_start(0) + cast(draw(i, 'moving day', 450) as integer) end as moving_day
  from placed as p
),
home as (
  select i, employee_id, 0 as n, least(hire_date, ws) as from_date, moving_day - 1 as to_date from moved
  union all
  select i, employee_id, 1, moving_day, null from moved where moving_day is not null
)
select
  uid('employee_address', h.i || '/' || h.n) as id, h.employee_id,
  case when h.n = 1 then greatest(h.from_date, date '1990-01-02') else h.from_date end as from_date, h.to_date,
  cast(1 + draw(h.i || '/' || h.n, 'house', 2400) as varchar) || ' ' || s.name as line1,
  case when chance(h.i || '/' || h.n, 'flat', 180) then 'Apt ' || (1 + draw(h.i || '/' || h.n, 'flat number', 60)) end as line2,
  place.city, place.state, place.zip, place.county, 'US' as country
from home as h
inner join street as s on s.n = draw(h.i || '/' || h.n, 'street', getvariable('streets'))
inner join place on place.n = draw(h.i || '/' || h.n, 'place', getvariable('places'));

create table pay_span as
with raise as (
  select s.i, s.spell_no, r.n, s.start_date, s.end_date,
    case r.n when 0 then s.start_date else year_start(cast(r.n - 1 as integer)) + 90 end as from_date
  from spell as s, (values (0), (1), (2)) as r(n)
)
select
  i, spell_no, n, from_date,
  coalesce(lead(from_date) over (partition by i, spell_no order by from_date) - 1, end_date) as to_date
from raise
where n = 0 or (from_date > start_date + 180 and from_date <= coalesce(end_date, date '9999-12-31'));

create view out_pay_rate as
select
  uid('pay_rate', concat_ws('/', s.i, s.spell_no, s.n)) as id, p.employee_id, p.company_id, s.from_date, s.to_date,
  case when p.class = 'full_time' and p.department_name <> 'Field Operations' then 'salary_monthly' else 'hourly' end as basis,
  cast(round(
    (case when p.class = 'full_time' and p.department_name <> 'Field Operations' then p.salary else p.wage end)
    * power(1.03, s.n), 2) as decimal(12, 4)) as amount
from pay_span as s
inner join placed as p on p.i = s.i;

create table out_leave_period as
select
  uid('leave_period', i) as id, employee_id, from_date,
  least(from_date + cast(28 + draw(i, 'leave length', 50) as integer), we) as to_date,
  case when chance(i, 'leave kind', 700) then 'fmla' else 'other_paid' end as kind,
  not chance(i, 'leave kind', 700) as is_paid
from (
  select p.i, p.employee_id, p.we, s.start_date, s.end_date,
    year_start(0) + cast(draw(p.i, 'leave day', 330) as integer) as from_date
  from placed as p
  inner join spell as s on s.i = p.i and s.spell_no = 1
  where p.class = 'full_time' and chance(p.i, 'takes leave', 25)
) as l
where from_date > start_date + 365 and from_date + 80 < coalesce(end_date, date '9999-12-31');

create view out_hours_of_service as
with week as (
  select p.i, p.employee_id, p.company_id, p.works_many_hours, s.spell_no, s.start_date, s.end_date,
    cast(w.monday as date) as monday
  from placed as p
  inner join spell as s on s.i = p.i
  cross join (
    select unnest(generate_series(getvariable('window_start') - 92, getvariable('window_end'), interval 7 day)) as monday
  ) as w
  where p.class in ('variable_hour', 'part_time', 'seasonal')
    and cast(w.monday as date) + 6 >= s.start_date
    and cast(w.monday as date) <= coalesce(s.end_date, getvariable('window_end'))
)
select
  uid('hours_of_service', concat_ws('/', i, spell_no, monday)) as id, employee_id, company_id,
  greatest(monday, start_date) as period_start,
  least(monday + 6, coalesce(end_date, getvariable('window_end')), getvariable('window_end')) as period_end,
  cast(least(
    (case when works_many_hours then 31 else 17 end) + draw(i || '/' || monday, 'hours', 80) / 10,
    (least(monday + 6, coalesce(end_date, getvariable('window_end')), getvariable('window_end')) - greatest(monday, start_date) + 1) * 9
  ) as decimal(8, 2)) as hours,
  'actual' as basis
from week;

-- A household: 0 alone, 1 spouse, 2 children, 3 both; an event adds its last member on a day.
create table household as
with drawn as (
  select
    i, kind, hire_date,
    case
      when draw(i, 'household', 1000) < 400 then 0
      when draw(i, 'household', 1000) < 580 then 1
      when draw(i, 'household', 1000) < 700 then 2
      else 3
    end as makeup,
    cast(1 + draw(i, 'children', 3) as integer) as drawn_children,
    case when kind <> '4' and chance(i, 'life event', 260) then year_start(-1) + cast(draw(i, 'event day', 910) as integer) end as day
  from placed
)
select
  i, makeup,
  case when makeup < 2 then 0 when day is not null then 1 else drawn_children end as children,
  case when makeup in (1, 2, 3) then day end as event_day,
  case
    when day is null or makeup = 0 then null
    when makeup = 1 then case when chance(i, 'divorce', 450) then 'divorce' else 'marriage' end
    else 'birth'
  end as event_kind
from drawn;

create table member as
select
  h.i, 0 as slot, 'spouse' as relationship, e.last_name,
  e.date_of_birth + cast(draw(h.i, 'spouse age', 2600) as integer) - 1300 as date_of_birth,
  case when h.event_kind = 'marriage' then h.event_day end as since, cast(null as date) as until
from household as h
inner join placed as p on p.i = h.i
inner join out_employee as e on e.id = p.employee_id
where h.makeup in (1, 3)
union all
select
  h.i, cast(n as integer), 'child', h.last_name,
  case
    when h.event_kind = 'birth' then h.event_day
    when n = 1 and turns_26 then make_date(cast(getvariable('tax_year') - 26 as bigint), 1, 1) + cast(draw(h.i, 'birthday', 360) as integer)
    else greatest(year_start(0) - cast(700 + draw(h.i || '/' || n, 'child age', 5800) as integer), h.date_of_birth + 6600)
  end,
  case when h.event_kind = 'birth' then h.event_day end,
  case when n = 1 and turns_26
    then last_day(make_date(cast(getvariable('tax_year') as bigint), 1, 1) + cast(draw(h.i, 'birthday', 360) as integer)) end
from (
  select
    h.*, p.employee_id, e.last_name, e.date_of_birth,
    h.children >= 2 and h.event_kind is null and chance(h.i, 'turns 26', 500)
      and e.date_of_birth < year_start(-46) as turns_26
  from household as h
  inner join placed as p on p.i = h.i
  inner join out_employee as e on e.id = p.employee_id
) as h
cross join range(1, 4) as t(n)
where h.makeup >= 2 and n <= h.children;

create table member_named as
select
  m.*, g.name as first_name,
  case when chance(m.i || '/' || m.slot, 'number unknown', 12) then null else specimen_ssn(m.i, m.slot + 1) end as ssn
from member as m
inner join given_name as g on g.n = draw(m.i || '/' || m.slot, 'member name', getvariable('given_names'));

create table household_text as
with spoken as (
  select m.i, s.y, m.slot, m.relationship,
    json_object('first_name', first_name, 'last_name', last_name, 'relationship', relationship, 'ssn', ssn,
      'date_of_birth', cast(date_of_birth as varchar),
      'coverage_end', cast(case when until <= s.end_date then until end as varchar)) as text
  from member_named as m
  inner join season as s on m.until is null or m.until >= s.start_date
)
select
  i, y,
  '[' || string_agg(cast(text as varchar), ',' order by slot) filter (where relationship = 'spouse') || ']' as spouse_text,
  '[' || string_agg(cast(text as varchar), ',' order by slot) filter (where relationship = 'child') || ']' as children_text,
  '[' || string_agg(cast(text as varchar), ',' order by slot) || ']' as family_text
from spoken
group by i, y;
