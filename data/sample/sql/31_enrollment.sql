-- Enrollments: one row for each stretch of coverage at one level and price, split by life events.
create table stretch as
with levelled as (
  select
    o.*, k.makeup, k.event_day, k.event_kind,
    o.plan_key = 'works_ppo' and o.y = 0 as is_repriced,
    o.plan_key = 'works_ppo' and o.y = 0
      or o.benefit_type in ('health', 'dental', 'vision') and not k.covers_self_only and k.event_kind is not null
      and k.event_day >= o.start_date as may_change,
    case
      when o.plan_key = 'works_ppo' and o.y = 0 then make_date(cast(getvariable('tax_year') as bigint), 7, 1)
      when k.event_kind in ('marriage', 'divorce') then cast(month_start(k.event_day) + interval 1 month as date)
      else k.event_day
    end as change_date,
    case
      when o.benefit_type not in ('health', 'dental', 'vision') or k.covers_self_only or k.makeup = 0 then 'Employee Only'
      when k.makeup = 1 then 'Employee + Spouse'
      when k.makeup = 2 then 'Employee + Child(ren)'
      else 'Employee + Family'
    end as level_after
  from offered as o
  left join choice as k on k.i = o.i and k.spell_no = o.spell_no and k.y = coalesce(o.y, 0)
  where o.is_taken and not (o.coverage_from > o.we and chance(o.i, 'answers late', 350))
),
cut as (
  select
    *,
    -- a marriage and a birth add the last member, a divorce takes the spouse away
    case
      when event_kind = 'divorce' then level_after
      when event_kind = 'birth' and makeup = 3 and level_after = 'Employee + Family' then 'Employee + Spouse'
      when event_kind is not null and level_after <> 'Employee Only' then 'Employee Only'
      else level_after
    end as level_before,
    case when event_kind = 'divorce' then 'Employee Only' else level_after end as level_now,
    coalesce(may_change and change_date > coverage_from and change_date <= coalesce(coverage_to, date '9999-12-31') and change_date <= we, false) as is_split,
    coalesce(may_change and change_date > coalesce(coverage_to, we), false) as is_before
  from levelled
)
select * exclude (level_after, level_before, level_now, is_split, is_before, is_repriced, makeup, event_day, event_kind, may_change),
  1 as part, coverage_from as covered_from,
  case when is_split then change_date - 1 else coverage_to end as covered_to, is_split as is_superseded,
  case when is_split or is_before then level_before else level_now end as coverage_level,
  event_kind, false as is_event, is_repriced
from cut
union all
select * exclude (level_after, level_before, level_now, is_split, is_before, is_repriced, makeup, event_day, event_kind, may_change),
  2, change_date, coverage_to, false, level_now, event_kind, not is_repriced, is_repriced
from cut
where is_split;

create view enrolled as
with monthly as (
  select
    s.*,
    case
      when p.total is not null then p.total - p.employee
      when s.benefit_type in ('retirement_401k', 'retirement_ira') then cents(0.03 * coalesce(case when s.class = 'full_time' then s.salary end, s.wage * 100))
      when s.benefit_type = 'hsa' then cast(50 as decimal(14, 2))
      else cast(0 as decimal(14, 2))
    end as employer_monthly,
    case
      when p.total is not null then p.employee
      when s.benefit_type in ('retirement_401k', 'retirement_ira')
        then cents((3 + draw(s.i, 'deferral', 8)) * coalesce(case when s.class = 'full_time' then s.salary end, s.wage * 100) / 100)
      when s.benefit_type = 'hsa' then cast(60 + 10 * draw(s.i, 'hsa', 16) as decimal(14, 2))
      when s.benefit_type = 'fsa' then cast(40 + 10 * draw(s.i, 'fsa amount', 18) as decimal(14, 2))
      when s.benefit_type = 'transportation' then cast(80 + 5 * draw(s.i, 'pass', 20) as decimal(14, 2))
      else cast(0 as decimal(14, 2))
    end as employee_monthly,
    coalesce(n.pays, 0) as pays
  from stretch as s
  left join price as p on p.plan_id = s.plan_id and p.y = coalesce(s.y, 0) and p.coverage_level = s.coverage_level
    and p.step = case when s.is_repriced and s.part = 2 then 2 when s.is_repriced and s.covered_from >= s.change_date then 2 else 1 end
  left join pay_count as n on n.company_id = s.company_id and n.pay_frequency = s.pay_frequency and n.y = coalesce(s.y, 0)
)
select
  *,
  uid('benefits_enrollment', concat_ws('/', i, spell_no, plan_key, y, part)) as enrollment_id,
  case frequency when 'Monthly' then employee_monthly when 'Quarterly' then 3 * employee_monthly
    when 'Annually' then 12 * employee_monthly else cents(12 * employee_monthly / pays) end as employee_amount,
  case frequency when 'Monthly' then employer_monthly when 'Quarterly' then 3 * employer_monthly
    when 'Annually' then 12 * employer_monthly else cents(12 * employer_monthly / pays) end as employer_amount,
  coalesce(covered_to <= we, false) as is_over,
  covered_from > we as is_ahead,
  coalesce(covered_to = end_date, false) and not is_superseded as ends_with_employment
from monthly;

create table numbered_enrollment as
select
  *, 'EN-' || year(covered_from) || '-' || lpad(cast(row_number() over (
    partition by company_id, year(covered_from) order by covered_from, i, plan_key, spell_no, part) as varchar), 7, '0') as enrollment_number
from (
  select
    enrollment_id, company_id, provider_config_id, employee_id, plan_id, plan_key, i, spell_no, part, benefit_type, y, firm_no,
    case
      when is_event then 'Qualifying Life Event'
      when is_repriced and part = 2 then 'Coverage Change'
      when is_new_hire and covered_from <= start_date + 90 then 'New Hire'
      when coalesce(y, 1) > -1 and covered_from > getvariable('window_start') and part = 1 and month(covered_from) <> 1 then 'Special Enrollment'
      else 'Open Enrollment'
    end as enrollment_type,
    case
      when is_ahead and chance(i || plan_key, 'ahead', 550) then 'Pending'
      when is_ahead and chance(i || plan_key, 'held', 100) then 'On Hold'
      when is_ahead then 'Submitted'
      when is_over then 'Terminated'
      else 'Active'
    end as enrollment_status,
    covered_from,
    case when is_over then covered_to end as covered_to,
    case when is_over and ends_with_employment then covered_to end as termination_date,
    case when is_over and ends_with_employment then 'Employment ended'
      when is_over and is_superseded then case when is_repriced then 'Contribution changed' else 'Coverage level changed' end
      when is_over and y is not null then 'Plan year ended' end as termination_reason,
    case when employee_amount > 0 and employer_amount > 0 and contribution_type = 'Shared' then 'Shared'
      else contribution_type end as contribution_type,
    employee_amount, employer_amount, frequency, coverage_level, employee_monthly, employer_monthly, start_date,
    cast(null as varchar) as waiver_reason, pay_frequency, event_kind, is_event
  from enrolled
  union all
  select
    uid('benefits_enrollment', concat_ws('/', i, spell_no, 'waiver', y)), company_id, provider_config_id, employee_id, plan_id, plan_key, i, spell_no,
    9, benefit_type, y, firm_no, case when is_new_hire and coverage_from <= start_date + 90 then 'New Hire' else 'Open Enrollment' end,
    'Cancelled', coverage_from, coverage_from, coverage_from, 'Waived', 'Shared', 0, 0, 'Monthly', 'Employee Only', 0, 0, start_date,
    case when chance(i, 'waiver', 650) then 'Covered by the plan of a spouse'
      when chance(i, 'waiver two', 600) then 'Covered by a parent' else 'No reason given' end, pay_frequency, null, false
  from offered
  where benefit_type = 'health' and is_waived and rate_group <> 'hdhp' and coverage_from <= we
);

drop view enrolled;
drop table stretch;

create view out_benefits_enrollment as
select
  e.enrollment_id as id, e.company_id, e.provider_config_id, e.employee_id, e.enrollment_number,
  e.plan_id as benefit_plan_id, e.enrollment_type, e.enrollment_status, e.covered_from as coverage_start_date,
  e.covered_to as coverage_end_date, e.covered_from as effective_date, e.termination_date, e.termination_reason,
  e.contribution_type, e.employee_amount as employee_contribution_amount, e.employer_amount as employer_contribution_amount,
  e.employee_amount + e.employer_amount as total_contribution_amount, e.frequency as contribution_frequency,
  e.coverage_level,
  case e.coverage_level when 'Employee + Spouse' then h.spouse_text when 'Employee + Child(ren)' then h.children_text
    when 'Employee + Family' then h.family_text else '[]' end as dependents,
  case when e.benefit_type in ('life', 'add') and h.spouse_text is not null
    then '[{"kind":"primary","relationship":"spouse","share_percent":100}]' end as beneficiary_designations,
  e.waiver_reason, e.enrollment_status <> 'Cancelled' as auto_renewal,
  clerk.specialist_id as created_by_user_id,
  case when e.enrollment_status in ('Active', 'Terminated') then clerk.manager_id end as approved_by_user_id,
  stamp(least(greatest(e.covered_from - 20, e.start_date), getvariable('window_end')), '13:00:00') as created_at,
  stamp(least(greatest(coalesce(e.covered_to, e.covered_from - 10), e.start_date), getvariable('window_end')), '15:30:00') as updated_at
from numbered_enrollment as e
inner join clerk on clerk.firm_no = e.firm_no
left join household_text as h on h.i = case when e.benefit_type in ('health', 'dental', 'vision', 'life', 'add') then e.i end
  and h.y = coalesce(e.y, 0);
