-- Message templates and what was sent from them, and the notices that had to go out.
create table template as
select f.firm_no, f.company_id, f.domain, t.*, uid('benefits_notification_template', f.firm_no || '/' || t.template_name) as template_id
from firm as f
cross join (values
  ('Enrollment confirmation', 'Enrollment Confirmation', 'Success', 'Your enrollment is confirmed', 'Normal'),
  ('Coverage change', 'Coverage Change', 'Information', 'Your coverage has changed', 'Normal'),
  ('Premium update', 'Premium Update', 'Information', 'New contributions from January', 'Normal'),
  ('Open enrollment', 'Open Enrollment', 'Reminder', 'Open enrollment has begun', 'High'),
  ('Life event', 'Life Event', 'Information', 'We received your life event', 'Normal'),
  ('Annual compliance notice', 'Compliance Notice', 'Legal Notice', 'Your annual plan notices', 'High'),
  ('Benefits statement', 'Benefits Statement', 'Information', 'Your benefits statement', 'Low')
) as t(template_name, template_type, category, subject, priority);

create table out_benefits_notification_template as
select
  template_id as id, company_id, cast(null as varchar) as provider_config_id, template_name, template_type, category as notification_category,
  subject as subject_template, 'Hello {first_name}, ' || lower(subject) || '. Sign in to see the details.' as body_template,
  '["first_name"]' as template_variables, '["Email","In-App"]' as delivery_channels, priority as priority_level, true as is_active, true as is_default,
  'en' as language_code, true as html_enabled, '[]' as attachment_templates, category = 'Legal Notice' as approval_required,
  case when category = 'Legal Notice' then uid('approval_workflow', firm_no) end as approval_workflow_id,
  case when category = 'Legal Notice' then uid('user', firm_no || '/compliance') end as approved_by_user_id,
  case when category = 'Legal Notice' then stamp(year_start(-1) + 20, '14:00:00') end as approved_at, 1 as version,
  uid('user', firm_no || '/admin') as created_by_user_id, uid('user', firm_no || '/admin') as updated_by_user_id,
  stamp(year_start(-1), '09:30:00') as created_at, stamp(year_start(-1) + 20, '14:00:00') as updated_at
from template;

create table message as
select
  'case/' || r.enrollment_id as key, r.firm_no, r.company_id, r.provider_config_id, r.enrollment_id,
  case when r.is_event then 'Life event' else 'Enrollment confirmation' end as template_name,
  case when r.is_event then 'Life Event' else 'Enrollment Confirmation' end as notification_type,
  'Employee' as recipient_type, r.employee_id as recipient_id, e.email as recipient_email, r.begun + 1 as day
from case_run as r
inner join out_employee as e on e.id = r.employee_id
where not r.is_open and r.begun + 1 <= getvariable('window_end')
union all
select
  concat_ws('/', 'season', f.firm_no, t.template_name, s.y), f.firm_no, f.company_id, null, null, t.template_name,
  case t.template_name when 'Open enrollment' then 'Open Enrollment' when 'Premium update' then 'Premium Update' else 'Compliance Alert' end,
  'All Admins', uid('user', f.firm_no || '/admin'), 'admin@' || f.domain, s.start_date - t.days
from firm as f
cross join season as s
cross join (values ('Open enrollment', 60), ('Premium update', 25), ('Annual compliance notice', 45)) as t(template_name, days)
where s.y > -1;

create table out_benefits_notification_log as
select
  uid('benefits_notification_log', m.key) as id, m.company_id, m.provider_config_id, t.template_id, m.enrollment_id, m.notification_type, m.recipient_type,
  m.recipient_id, m.recipient_email, 'Email' as delivery_channel, t.priority as priority_level,
  case when chance(m.key, 'bounces', 15) then 'Bounced' when chance(m.key, 'opened', 620) then 'Opened' else 'Delivered' end as status,
  t.subject, 'Sign in to see the details.' as message_body, '["first_name"]' as template_variables_used, '[]' as attachment_urls,
  stamp(m.day, '07:00:00') as sent_at, case when not chance(m.key, 'bounces', 15) then stamp(m.day, '07:01:00') end as delivered_at,
  case when not chance(m.key, 'bounces', 15) and chance(m.key, 'opened', 620) then stamp(m.day, '12:15:00') end as opened_at,
  case when chance(m.key, 'bounces', 15) then stamp(m.day, '07:02:00') end as failed_at,
  case when chance(m.key, 'bounces', 15) then 'mailbox not found' end as failure_reason, 0 as retry_count, 3 as max_retries,
  'M-' || substr(md5(m.key), 1, 16) as external_message_id, '{"code":250}' as response_data, uid('user', m.firm_no || '/specialist') as created_by_user_id,
  stamp(m.day, '07:00:00') as created_at, stamp(m.day, '12:15:00') as updated_at
from message as m
inner join template as t on t.firm_no = m.firm_no and t.template_name = m.template_name;

create table out_notice_event as
select
  uid('notice_event', concat_ws('/', f.firm_no, s.y)) as id, f.company_id, 'ANNUAL' as notice_code, uid('benefit_plan', f.firm_no || '/wrap') as benefit_plan_id,
  cast(null as varchar) as employee_id, s.start_date as due_date, stamp(s.start_date - 45, '07:00:00') as sent_at, 'email' as method,
  'message log' as proof, uid('benefits_notification_log', concat_ws('/', 'season', f.firm_no, 'Annual compliance notice', s.y)) as notification_log_id
from firm as f
cross join season as s
where s.y > -1;

create table out_tin_solicitation as
select uid('tin_solicitation', m.i) as id, 'dependent' as person_kind, uid('employee', m.i) as person_id, year_start(1) + 25 as solicited_on,
  'mail' as method, 'no answer' as outcome
from (select distinct i from member_named where ssn is null) as m;
