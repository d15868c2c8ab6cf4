-- People and their employment: who was hired when, left, came back, in which class and department.
create table person as
with numbered as (
  select
    i, firm.firm_no, firm.kind, firm.company_id, firm.domain, i - firm.people_before as seq,
    getvariable('window_start') as ws, getvariable('window_end') as we
  from firm, range(firm.people_before + 1, firm.people_before + firm.people + 1) as t(i)
),
classed as (
  select
    *, draw(i, 'class', 1000) as class_draw,
    case
      when chance(i, 'tenure', 690) then ws - cast(30 + draw(i, 'before', 3900) as integer)
      else ws + cast(draw(i, 'within', datediff('day', ws, we) - 8) as integer)
    end as hired
  from numbered
)
select
  * exclude (class_draw, hired),
  case
    when kind in ('3', '5') then case when class_draw < 920 then 'full_time' else 'part_time' end
    -- the second company employs by class alone, so its statements come out whole
    when kind = '2' then case when class_draw < 880 then 'full_time' else 'part_time' end
    when kind = '4' then case when class_draw < 930 then 'full_time' else 'part_time' end
    when class_draw < 830 then 'full_time'
    when class_draw < 890 then 'part_time'
    when class_draw >= 980 then 'seasonal'
    else 'variable_hour'
  end as class,
  case when kind = '1' and class_draw >= 980 then year_start(0) + 151 else hired end as hire_date,
  chance(i, 'variable high', 350) as works_many_hours,
  draw(i, 'department', (select max(weight_total) from unit where unit.firm_no = classed.firm_no)) as unit_draw,
  1 + draw(i, 'region', 3) as region_no
from classed;

create table placed as
select
  p.*, unit.department_no, unit.department_id, unit.name as department_name, area.region_id,
  case
    when p.kind in ('3', '5') then 'monthly'
    when p.kind = '1' and unit.code in ('FIN', 'PPL') then 'semimonthly'
    when p.kind = '2' and p.class = 'part_time' then 'weekly'
    else 'biweekly'
  end as pay_frequency,
  case unit.code when 'ENG' then 8200 when 'FIN' then 7100 when 'SAL' then 6200 when 'PPL' then 5900
    when 'CUS' then 4500 else 4300 end + draw(p.i, 'salary', 26) * 100 as salary,
  cast(19 + draw(p.i, 'wage', 160) / 10 as decimal(12, 4)) as wage,
  uid('employee', p.i) as employee_id,
  p.kind = '4' and unit.code = 'FLD' as is_union, p.kind = '4' and unit.code = 'SAL' and p.class = 'full_time' as is_remote
from person as p
inner join unit on unit.firm_no = p.firm_no
  and p.unit_draw >= unit.weight_before and p.unit_draw < unit.weight_before + unit.weight
inner join area on area.firm_no = p.firm_no and area.region_no = p.region_no;

create table spell as
with ending as (
  select
    *, greatest(hire_date + 45, ws) as earliest,
    case
      when class = 'seasonal' then 'seasonal'
      when chance(i, 'leaves', 230) and greatest(hire_date + 45, ws) < we - 20 then 'leaves'
    end as fate
  from placed
),
dated as (
  select
    *,
    case
      when fate = 'seasonal' then hire_date + 91
      when fate = 'leaves' then earliest + cast(draw(i, 'leaving day', datediff('day', earliest, we)) as integer)
    end as day
  from ending
),
first_spell as (
  select
    * exclude (day),
    -- least() passes over a NULL, so who stays must be asked for first
    case
      when day is null then null
      when chance(i, 'leaves at month end', 550) then least(last_day(day), we)
      else day
    end as end_date,
    case
      when day is null then null
      when fate = 'seasonal' or chance(i, 'leaving reason', 620) then 'voluntary'
      when chance(i, 'involuntary', 700) then 'involuntary'
      when chance(i, 'retires', 850) then 'retirement'
      when chance(i, 'misconduct', 500) then 'gross_misconduct'
      else 'death'
    end as end_reason
  from dated
),
second_spell as (
  select *, cast(end_date + cast(
    case when chance(i, 'back soon', 400) then 30 + draw(i, 'short gap', 55) else 100 + draw(i, 'gap', 70) end as integer) as date) as back
  from first_spell
  where end_reason = 'voluntary' and class = 'full_time' and kind <> '2' and chance(i, 'comes back', 320)
)
select i, 1 as spell_no, hire_date as start_date, end_date, end_reason from first_spell
union all
select i, 2, back, null, null from second_spell where back <= we - 15;

create table out_employee as
select
  p.employee_id as id, p.company_id, cast(null as varchar) as person_key,
  lpad(cast(p.seq as varchar), 6, '0') as employee_number,
  n.given as first_name, case when chance(p.i, 'middle', 600) then chr(cast(65 + draw(p.i, 'initial', 26) as integer)) end as middle_name,
  n.family as last_name, case when chance(p.i, 'suffix', 12) then 'Jr' end as suffix,
  specimen_ssn(p.i, 0) as ssn,
  year_start(0) - cast(365 * 22 + draw(p.i, 'age', 365 * 41) as integer) as date_of_birth,
  lower(regexp_replace(n.given || '.' || n.family, '[^A-Za-z.]', '', 'g')) || p.seq || '@' || p.domain as email,
  '614555' || lpad(cast(200 + draw(p.i, 'phone', 9800) as varchar), 4, '0') as phone,
  case when p.seq = 1 and p.kind in ('3', '5') then 'two_percent_owner' else 'employee' end as worker_type,
  p.hire_date as original_hire_date, p.seq <= 2 as is_officer,
  case when p.seq = 1 and p.kind in ('3', '5') then 60.0000 end as ownership_pct,
  (select max(s.end_date) from spell as s where s.i = p.i and s.end_reason = 'death') as death_date,
  stamp(greatest(p.hire_date, year_start(-1)), '09:00:00') as created_at,
  stamp(greatest(p.hire_date, year_start(-1)), '09:00:00') as updated_at
from placed as p
inner join (
  select p2.i, g.name as given, f.name as family
  from placed as p2
  inner join given_name as g on g.n = draw(p2.i, 'given name', getvariable('given_names'))
  inner join family_name as f on f.n = draw(p2.i, 'family name', getvariable('family_names'))
) as n on n.i = p.i;

-- A few change department on the first of a month: one employment, two periods that touch.
create table post as
with moved as (
  select
    s.*, p.firm_no, p.company_id, p.employee_id, p.department_no, p.department_id, p.region_id,
    p.class, p.pay_frequency, p.is_union, p.is_remote,
    case when chance(p.i, 'changes department', 25) and s.spell_no = 1 and p.kind <> '4'
      then month_start(year_start(0) + cast(draw(p.i, 'change month', 330) as integer)) end as change_date
  from spell as s
  inner join placed as p on p.i = s.i
),
judged as (
  select m.*, other.department_no as next_no, other.department_id as next_id,
    m.change_date > m.start_date + 120 and m.change_date < coalesce(m.end_date, date '9999-12-31') - 40 as is_moved
  from moved as m
  left join unit as other
    on other.firm_no = m.firm_no and other.code = case when m.department_no = 1 then 'CUS' else 'FLD' end
)
select
  i, spell_no, 1 as part, firm_no, company_id, employee_id, class, is_union, is_remote, pay_frequency, region_id,
  start_date, case when is_moved then change_date - 1 else end_date end as end_date,
  case when is_moved then 'transfer' else end_reason end as end_reason, department_no, department_id
from judged
union all
select
  i, spell_no, 2, firm_no, company_id, employee_id, class, is_union, is_remote, pay_frequency, region_id,
  change_date, end_date, end_reason, next_no, next_id
from judged
where is_moved;

create table out_employment_period as
select
  uid('employment_period', concat_ws('/', i, spell_no, part)) as id, employee_id, company_id, start_date,
  end_date, end_reason, class as employment_class, 'standard' as contribution_class,
  case when is_remote then 'remote' else class end as employee_class,
  class = 'full_time' as expected_full_time_at_hire, department_id, region_id, is_union,
  case when is_union then 'Local 77' end as bargaining_unit,
  false as is_educational, pay_frequency,
  stamp(greatest(coalesce(end_date, start_date), year_start(-1)), '10:00:00') as updated_at
from post;

-- A fund covers the union staff: the agreement makes the employer pay into it for each of them.
create table out_multiemployer_contribution as
select
  uid('multiemployer_contribution', concat_ws('/', i, spell_no, part)) as id, employee_id, company_id,
  start_date as from_date, end_date as to_date, true as required_by_agreement, true as affordable_minimum_value,
  true as dependents_offered
from post
where is_union and class = 'full_time';
