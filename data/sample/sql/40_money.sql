-- What coverage costs by month, what was budgeted, and the figures the old system stored.
-- People who cost the same months in the same way are one cohort: sums over them are exact.
create table cohort as
with stretch_of_post as (
  select
    e.company_id, e.firm_no, e.plan_id, e.provider_config_id, e.benefit_type, e.frequency, e.pay_frequency, e.coverage_level,
    d.department_id, e.employee_amount, e.employer_amount,
    greatest(e.covered_from, d.start_date, getvariable('window_start')) as first_day,
    least(coalesce(e.covered_to, getvariable('window_end')), coalesce(d.end_date, getvariable('window_end'))) as last_day
  from numbered_enrollment as e
  inner join post as d on d.i = e.i and d.start_date <= coalesce(e.covered_to, date '9999-12-31')
    and coalesce(d.end_date, date '9999-12-31') >= e.covered_from
  where e.enrollment_status in ('Active', 'Terminated')
)
select
  * exclude (employee_amount, employer_amount, first_day, last_day),
  case when first_day = month_start(first_day) then first_day else cast(month_start(first_day) + interval 1 month as date) end as first_month,
  month_start(last_day) as last_month,
  sum(employee_amount) as employee_amount, sum(employer_amount) as employer_amount, count(*) as people
from stretch_of_post
group by all;

create table worth as
select
  c.company_id, c.firm_no, c.department_id, c.plan_id, c.provider_config_id, c.benefit_type, c.coverage_level, c.people, m.month,
  cast(year(m.month) - getvariable('tax_year') as integer) as y,
  cast(round(cast(c.employee_amount as decimal(22, 6)) * f.numerator / f.denominator, 6) as decimal(22, 6)) as employee_cost,
  cast(round(cast(c.employer_amount as decimal(22, 6)) * f.numerator / f.denominator, 6) as decimal(22, 6)) as employer_cost
from cohort as c
inner join months_between(getvariable('window_start'), getvariable('window_end')) as m
  on m.month between c.first_month and c.last_month
inner join (
  select company_id, pay_frequency, y, 'Pay Period' as frequency, pays as numerator, 12 as denominator from pay_count
  union all
  select distinct company_id, pay_frequency, y, k.frequency, 1, k.denominator
  from pay_count, (values ('Monthly', 1), ('Quarterly', 3), ('Annually', 12)) as k(frequency, denominator)
) as f on f.company_id = c.company_id and f.pay_frequency = c.pay_frequency and f.frequency = c.frequency
  and f.y = year(m.month) - getvariable('tax_year');

create table grade as
select * from (values
  ('health', 'Health Insurance', 'Health', false), ('ichra', 'Health Insurance', 'Health', false), ('dental', 'Dental Insurance', 'Dental', false),
  ('vision', 'Vision Insurance', 'Vision', false), ('life', 'Life Insurance', 'Life', false),
  ('add', 'Life Insurance', 'Life', false), ('std', 'Disability Insurance', 'Disability', false),
  ('ltd', 'Disability Insurance', 'Disability', false), ('accident', 'Health Insurance', 'Other', false),
  ('critical_illness', 'Health Insurance', 'Other', false), ('hospital_indemnity', 'Health Insurance', 'Other', false),
  ('hsa', 'Health Insurance', 'Other', true), ('fsa', 'Health Insurance', 'Other', true),
  ('retirement_401k', 'Retirement Plans', 'Retirement', true), ('retirement_ira', 'Retirement Plans', 'Retirement', true),
  ('wellness', 'Wellness Programs', 'Wellness', false), ('eap', 'Wellness Programs', 'Wellness', false),
  ('transportation', 'Administrative', 'Other', false)
) as t(plan_benefit_type, cost_category, benefit_type, is_savings);

create table leaf as
select
  w.company_id, w.firm_no, w.month, w.y, w.department_id, g.cost_category, g.benefit_type, w.provider_config_id,
  cents(sum(w.employer_cost)) as employer_cost,
  cents(sum(case when g.is_savings then 0 else w.employee_cost end)) as employee_cost,
  cast(sum(w.people) as bigint) as enrollments
from worth as w
inner join grade as g on g.plan_benefit_type = w.benefit_type
group by all;

create table out_benefits_budget as
with spread as (
  select
    l.company_id, l.firm_no, l.y, l.department_id, u.name as department_name, l.cost_category, l.benefit_type, l.provider_config_id,
    sum(l.employer_cost + l.employee_cost) / max(case when l.y = 1 then 6 else 12 end) as monthly
  from leaf as l
  inner join unit as u on u.department_id = l.department_id
  group by all
),
planned as (
  select
    *,
    (1000 + draw(concat_ws('/', department_id, cost_category, benefit_type, provider_config_id, y), 'budget', 25) - 12)
    / 1000.0
    / (case
      when benefit_type <> 'Health' then 1.0
      when department_name = 'Field Operations' then (case y when 1 then 1.11 when 0 then 1.035 else 0.995 end)
      else (case y when 1 then 1.014 else 0.998 end)
    end) as factor
  from spread
)
select
  uid('benefits_budget', concat_ws('/', department_id, cost_category, benefit_type, provider_config_id, m.month)) as id,
  company_id, m.month, cost_category, benefit_type, department_id, provider_config_id,
  cast(round(monthly * factor / 5, 0) * 5 as decimal(14, 2)) as amount,
  stamp(year_start(y) - 40, '16:00:00') as updated_at
from planned
inner join months_between(getvariable('window_start'), getvariable('window_end')) as m on year(m.month) - getvariable('tax_year') = planned.y;

create table out_benefits_cost_analysis as
with total as (
  select company_id, month, sum(employer_cost + employee_cost) as cost from leaf group by all
)
select
  uid('benefits_cost_analysis', concat_ws('/', l.month, l.department_id, l.cost_category, l.benefit_type, l.provider_config_id)) as id,
  l.company_id, l.provider_config_id, last_day(l.month) as analysis_date, l.cost_category, l.department_id, l.benefit_type,
  l.employer_cost + l.employee_cost as cost_amount,
  cast(round(100 * (l.employer_cost + l.employee_cost) / t.cost, 2) as decimal(5, 2)) as cost_percentage,
  b.amount as budget_amount, l.employer_cost + l.employee_cost - b.amount as variance_amount,
  cast(least(greatest(round(100 * (l.employer_cost + l.employee_cost - b.amount) / nullif(b.amount, 0), 2), -999), 999) as decimal(5, 2)) as variance_percentage,
  l.enrollments as enrollment_count, cents((l.employer_cost + l.employee_cost) / l.enrollments) as average_cost_per_enrollment,
  stamp(last_day(l.month), '22:00:00') as created_at, stamp(last_day(l.month), '22:00:00') as updated_at
from leaf as l
inner join total as t on t.company_id = l.company_id and t.month = l.month
left join out_benefits_budget as b on b.company_id = l.company_id and b.month = l.month and b.department_id = l.department_id
  and b.cost_category = l.cost_category and b.benefit_type = l.benefit_type and b.provider_config_id = l.provider_config_id;

create table out_benefits_analytics_dashboard as
with money as (
  select company_id, firm_no, month, sum(employer_cost) as employer, sum(employee_cost) as employee, sum(enrollments) as enrollments
  from leaf group by all
),
heads as (
  select company_id, month, sum(people) as people from worth where benefit_type = 'eap' group by all
)
select
  uid('benefits_analytics_dashboard', concat_ws('/', m.firm_no, m.month)) as id, m.company_id,
  cast(null as varchar) as provider_config_id, 'Executive overview' as dashboard_name, 'Executive' as dashboard_type,
  'Monthly' as analysis_period, last_day(m.month) as report_date, m.enrollments as total_enrollments,
  m.enrollments as active_enrollments, m.employer + m.employee as total_benefits_cost,
  m.employer as employer_contributions, m.employee as employee_contributions,
  cents((m.employer + m.employee) / h.people) as average_cost_per_employee,
  stamp(last_day(m.month), '22:30:00') as created_at, stamp(last_day(m.month), '22:30:00') as updated_at
from money as m
inner join heads as h on h.company_id = m.company_id and h.month = m.month;

create table out_claims_summary as
select
  uid('claims_summary', plan_id || '/' || month) as id, plan_id as benefit_plan_id, month,
  cast(sum(people * (case coverage_level when 'Employee Only' then 1 when 'Employee + Spouse' then 2 else 3 end)) as bigint) as members,
  cents(sum(employer_cost + employee_cost) * (74 + draw(plan_id || '/' || month, 'claims', 22)) / 100) as claims_paid,
  cast(sum(people * (case coverage_level when 'Employee Only' then 1 when 'Employee + Spouse' then 2 else 3 end)) as bigint) * (38 + draw(plan_id || '/' || month, 'claimants', 15)) // 100 as members_with_claim
from worth
where benefit_type = 'health'
group by plan_id, month;

create table out_benefit_survey as
with asked as (
  select d.department_id, d.company_id, u.code, m.month, count(*) as people
  from post as d
  inner join unit as u on u.department_id = d.department_id
  inner join months_between(getvariable('window_start'), getvariable('window_end')) as m
    on month(m.month) % 3 = 0 and d.start_date <= m.month and coalesce(d.end_date, date '9999-12-31') >= m.month
  group by all
)
select
  uid('benefit_survey', department_id || '/' || month) as id, company_id, department_id, month, people as invited,
  people * (58 + draw(department_id || '/' || month, 'responses', 25)) // 100 as responses,
  cast((case code when 'FLD' then 66 when 'CUS' then 72 else 77 end) + draw(department_id || '/' || month, 'score', 70) / 10.0 as decimal(5, 2)) as score
from asked
union all
select
  uid('benefit_survey', company_id || '/' || month), company_id, null, month, cast(sum(people) as bigint), cast(sum(people) * 64 // 100 as bigint),
  cast(71 + draw(company_id || '/' || month, 'score', 60) / 10.0 as decimal(5, 2))
from asked
where month(month) = 12
group by company_id, month;

create table out_program_investment as
select
  uid('program_investment', company_id || '/' || month) as id, company_id, 'Wellness coaching' as program, month,
  cents(sum(employer_cost)) as cost, cast(null as decimal(14, 2)) as measured_saving, 'not measured' as method
from worth
where benefit_type = 'wellness'
group by company_id, month;

create table out_kpi_target as
select uid('kpi_target', f.firm_no || '/' || t.metric_id) as id, f.company_id, t.metric_id, cast(getvariable('tax_year') + 1 as varchar) as period,
  t.target, t.direction
from firm as f
cross join (values
  ('benefits_participation_rate', 90.0, 'up'), ('enrollment_completion_rate', 95.0, 'up'), ('employee_satisfaction_score', 75.0, 'up')
) as t(metric_id, target, direction);

create table out_annual_wages as
with paid as (
  select
    p.employee_id, p.company_id, p.i, s.y,
    sum(greatest(0, datediff('month', greatest(sp.start_date, s.start_date), least(coalesce(sp.end_date, s.end_date), s.end_date)) + 1))
      * max(case when p.class = 'full_time' and p.department_name <> 'Field Operations' then p.salary
        when p.class = 'full_time' then p.wage * 173 else p.wage * 100 end) as wages
  from placed as p
  inner join spell as sp on sp.i = p.i
  inner join season as s on s.y < 1 and sp.start_date <= s.end_date and coalesce(sp.end_date, s.end_date) >= s.start_date
  group by all
),
share as (
  select
    e.i, e.benefit_type, s.y,
    1 + datediff('month', greatest(e.covered_from, s.start_date), least(coalesce(e.covered_to, s.end_date), s.end_date)) as months,
    e.employee_monthly, e.employer_monthly
  from numbered_enrollment as e
  inner join season as s on s.y < 1 and e.covered_from <= s.end_date and coalesce(e.covered_to, s.end_date) >= s.start_date
  where e.enrollment_status in ('Active', 'Terminated')
    and e.benefit_type in ('health', 'dental', 'vision', 'fsa', 'hsa', 'retirement_401k')
),
benefit as (
  select i, y,
    sum(months * (employer_monthly + employee_monthly)) filter (where benefit_type = 'health') as health,
    sum(months * employee_monthly) filter (where benefit_type = 'retirement_401k') as deferral,
    sum(months * (employer_monthly + employee_monthly)) filter (where benefit_type = 'hsa') as savings,
    sum(months * employee_monthly) filter (where benefit_type in ('health', 'dental', 'vision', 'fsa')) as cafeteria
  from share
  group by i, y
)
select
  uid('annual_wages', paid.i || '/' || paid.y) as id, paid.employee_id, paid.company_id, getvariable('tax_year') + paid.y as tax_year,
  cents(greatest(0, paid.wages - coalesce(b.deferral, 0) - coalesce(b.cafeteria, 0))) as box_1,
  cents(greatest(0, paid.wages - coalesce(b.cafeteria, 0))) as box_3, cents(greatest(0, paid.wages - coalesce(b.cafeteria, 0))) as box_5,
  b.deferral as code_d, b.savings as code_w, b.health as code_dd, b.cafeteria as section_125_deferral
from paid
left join benefit as b on b.i = paid.i and b.y = paid.y;
