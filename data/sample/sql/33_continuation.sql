-- COBRA of the two large companies: who lost coverage and why, who was told when, who elected and paid.
create table continuation as
with lost as (
  select
    e.enrollment_id, e.employee_id, e.i, e.plan_id, e.y, e.coverage_level, e.covered_to, e.employee_monthly + e.employer_monthly as premium,
    case
      when sp.end_reason = 'death' then 'death'
      when e.termination_date is not null and sp.end_reason in ('voluntary', 'involuntary', 'retirement') then 'termination'
      when e.event_kind = 'divorce' and e.termination_reason = 'Coverage level changed' then 'divorce'
    end as event_type
  from numbered_enrollment as e
  inner join firm as f on f.firm_no = e.firm_no and f.kind in ('1', '2')
  inner join spell as sp on sp.i = e.i and sp.spell_no = e.spell_no
  where e.benefit_type = 'health' and e.enrollment_status = 'Terminated'
),
aged as (
  select
    e.enrollment_id, e.employee_id, e.i, e.plan_id, e.y, 'Employee Only' as coverage_level, m.until as covered_to,
    e.employee_monthly + e.employer_monthly as premium, 'dependent_age_out' as event_type
  from numbered_enrollment as e
  inner join firm as f on f.firm_no = e.firm_no and f.kind in ('1', '2')
  inner join member_named as m on m.i = e.i and m.until between e.covered_from and least(coalesce(e.covered_to, m.until), getvariable('window_end'))
  where e.benefit_type = 'health' and e.enrollment_status in ('Active', 'Terminated')
    and e.coverage_level in ('Employee + Child(ren)', 'Employee + Family')
)
select
  *, uid('cobra_event', enrollment_id || '/' || event_type) as event_id,
  -- one notice in twenty goes out after the forty-four days an employer has who administers the plan itself
  covered_to + cast(case when chance(enrollment_id, 'late notice', 50) then 52 else 9 + draw(enrollment_id, 'notice', 24) end as integer) as notice_day,
  chance(enrollment_id, 'elects', 320) as is_elected
from (select * from lost where event_type is not null union all select * from aged)
where covered_to <= getvariable('window_end') - 60;

create table out_cobra_event as
select
  event_id as id, employee_id, enrollment_id, event_type, covered_to as event_date, covered_to + 1 as loss_of_coverage_date,
  covered_to + 3 as administrator_notified_date, true as employer_is_administrator,
  stamp(notice_day, '10:00:00') as updated_at
from continuation;

create table elected as
select
  c.*, c.covered_to + 1 as start_date, uid('cobra_beneficiary', c.event_id) as beneficiary_id,
  coalesce(p.total, c.premium) * 1.02 as rate,
  least(cast(date_trunc('month', c.covered_to + 1) + to_months(cast(2 + draw(c.event_id, 'kept for', 15) as integer)) as date) - 1, getvariable('window_end')) as paid_until
from continuation as c
left join price as p on p.plan_id = c.plan_id and p.y = c.y and p.step = 1 and p.coverage_level = 'Employee Only'
  and c.event_type in ('divorce', 'dependent_age_out');

create table out_cobra_beneficiary as
select
  beneficiary_id as id, event_id as cobra_event_id,
  case when event_type in ('termination', 'death') then null else 'Member of the household' end as person_name,
  case event_type when 'termination' then 'employee' when 'dependent_age_out' then 'child' else 'spouse' end as relationship,
  case when notice_day <= getvariable('window_end') then notice_day end as election_notice_sent,
  case when is_elected then notice_day + 20 end as elected_on, cents(rate) as monthly_rate,
  case when is_elected then start_date end as start_date,
  case when is_elected and paid_until < getvariable('window_end') then paid_until end as end_date,
  case when is_elected and paid_until < getvariable('window_end') then 'Payments ended' end as end_reason
from elected;

create table out_cobra_payment as
select
  uid('cobra_payment', e.beneficiary_id || '/' || m.month) as id, e.beneficiary_id as cobra_beneficiary_id, m.month as coverage_month,
  m.month as due_date, m.month + cast(draw(e.beneficiary_id || m.month, 'posted', 28) as integer) as postmark_date, cents(e.rate) as amount
from elected as e
inner join months_between(getvariable('window_start'), getvariable('window_end')) as m
  on m.month between month_start(e.start_date) and e.paid_until
where e.is_elected;
