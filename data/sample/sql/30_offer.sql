-- Who was offered what, from which day, and what they answered.
create table eligible as
with waited as (
  select
    s.i, s.spell_no, s.start_date, s.end_date, p.firm_no, p.kind, p.company_id, p.employee_id, p.class, p.works_many_hours,
    p.pay_frequency, p.salary, p.wage, p.department_no, p.department_name, p.ws, p.we, p.is_union, p.is_remote,
    -- who comes back within thirteen weeks goes on where they left
    case
      when s.start_date <= lag(s.end_date) over (partition by s.i order by s.spell_no) + 91 then s.start_date
      when month_start(s.start_date + 60) = s.start_date + 60 then s.start_date + 60
      else cast(month_start(s.start_date + 60) + interval 1 month as date) end as waited_until
  from spell as s
  inner join placed as p on p.i = s.i
)
select
  *,
  case
    when is_union then false
    when class = 'full_time' then true
    when class = 'variable_hour' then works_many_hours and start_date < year_start(-1)
    else false
  end as has_full_offer,
  greatest(waited_until, ws, case when class = 'variable_hour' then year_start(0) else ws end) as full_from,
  greatest(waited_until, ws) as basic_from,
  waited_until > ws and waited_until > start_date as is_new_hire
from waited
where waited_until <= coalesce(end_date, date '9999-12-31') and coalesce(end_date, date '9999-12-31') >= ws;

create table choice as
select
  e.i, e.spell_no, s.y, s.start_date as season_start, s.end_date as season_end,
  h.makeup, h.event_day, h.event_kind,
  chance(e.i || '/' || e.spell_no, 'waives', 130) <> chance(concat_ws('/', e.i, e.spell_no, s.y), 'changes mind', 25) as is_waived,
  e.kind in ('1', '2') and chance(e.i, 'hdhp', 310) <> chance(e.i || '/' || s.y, 'changes plan', 35) as is_hdhp,
  chance(e.i, 'alone', case when e.department_name = 'Field Operations' then (case when s.y = 1 then 60 else 400 end) else 220 end) as covers_self_only
from eligible as e
inner join household as h on h.i = e.i
cross join season as s;

create table offered as
select
  e.i, e.spell_no, e.firm_no, e.kind, e.company_id, e.employee_id, e.pay_frequency, e.salary, e.wage, e.department_name, e.class,
  e.is_new_hire, e.start_date, e.end_date, e.we,
  c.plan_key, c.plan_id, c.provider_config_id, c.benefit_type, c.rate_group, c.is_yearly, c.frequency, c.contribution_type,
  s.y,
  greatest(e.full_from, s.start_date) as coverage_from,
  least(coalesce(e.end_date, s.end_date), s.end_date) as coverage_to,
  case
    when c.benefit_type in ('health', 'ichra') then not k.is_waived and k.is_hdhp = (c.rate_group = 'hdhp')
    when c.benefit_type = 'hsa' then not k.is_waived and k.is_hdhp
    when c.benefit_type = 'fsa' then (k.is_waived or not k.is_hdhp) and chance(e.i || '/' || s.y, 'fsa', c.take_permille)
    else chance(e.i, c.plan_key, c.take_permille)
  end as is_taken,
  k.is_waived
from eligible as e
inner join scheme as c on c.firm_no = e.firm_no and c.is_yearly
inner join season as s on s.y between c.first_year and c.last_year
  and s.end_date >= e.full_from and s.start_date <= coalesce(e.end_date, date '9999-12-31')
inner join choice as k on k.i = e.i and k.spell_no = e.spell_no and k.y = s.y
where e.has_full_offer and (c.benefit_type not in ('health', 'ichra') or e.is_remote = (c.benefit_type = 'ichra'))
  and not (c.benefit_type = 'hsa' and (k.is_waived or not k.is_hdhp))
  and e.full_from <= coalesce(e.end_date, date '9999-12-31')
union all
select
  e.i, e.spell_no, e.firm_no, e.kind, e.company_id, e.employee_id, e.pay_frequency, e.salary, e.wage, e.department_name, e.class,
  e.is_new_hire, e.start_date, e.end_date, e.we,
  c.plan_key, c.plan_id, c.provider_config_id, c.benefit_type, c.rate_group, c.is_yearly, c.frequency, c.contribution_type,
  null,
  case when c.for_everyone then e.basic_from else e.full_from end,
  e.end_date,
  chance(e.i, c.plan_key, c.take_permille), false
from eligible as e
inner join scheme as c on c.firm_no = e.firm_no and not c.is_yearly
where (e.has_full_offer or c.for_everyone)
  and (case when c.for_everyone then e.basic_from else e.full_from end) <= coalesce(e.end_date, date '9999-12-31');

create view out_benefit_offer as
select
  uid('benefit_offer', concat_ws('/', i, spell_no, plan_key, y)) as id, employee_id, company_id,
  plan_id as benefit_plan_id,
  case when is_new_hire and (y is null or coverage_from > start_date + 30 and coverage_from <= start_date + 90) then start_date
    else coverage_from - 60 end as offer_date,
  coverage_from, coverage_to, 'active' as reason,
  benefit_type in ('health', 'dental', 'vision', 'ichra') as offered_to_spouse, false as spouse_conditional,
  benefit_type in ('health', 'dental', 'vision', 'ichra') as offered_to_dependents,
  case
    when coverage_from > we and chance(i, 'answers late', 350) then 'no_response'
    when is_taken then 'elected'
    when benefit_type not in ('health', 'ichra', 'life', 'eap') and chance(concat_ws('/', i, plan_key, y), 'never answers', 70) then 'no_response'
    else 'waived'
  end as response,
  case when coverage_from > we and chance(i, 'answers late', 350) then null else coverage_from - 25 end as response_date,
  p.employee as employee_self_only_cost,
  stamp(least(greatest(coverage_from - 25, year_start(-1)), we), '11:00:00') as updated_at
from offered as o
left join (select plan_id as priced_plan, y as priced_year, employee from price where coverage_level = 'Employee Only' and step = 1) as p
  on o.benefit_type = 'health' and p.priced_plan = o.plan_id and p.priced_year = o.y;
