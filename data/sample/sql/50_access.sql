-- Roles, who holds them, what each person prefers to see, and the training behind it.
create table role_kind as
select * from (values
  ('BENEFITS_ADMIN', 'Benefits Administrator', 'Runs the benefits office', 'ALL', 'providers plans process approve sensitive contributions reports export integrations audit exceptions overrides compliance'),
  ('BENEFITS_MANAGER', 'Benefits Manager', 'Approves enrollments and reports', 'ALL', 'plans approve sensitive contributions reports export exceptions overrides'),
  ('BENEFITS_SPECIALIST', 'Benefits Specialist', 'Processes enrollments', 'ALL', 'process contributions exceptions'),
  ('HR_ADMIN', 'HR Administrator', 'Keeps employee records', 'ALL', 'process reports'),
  ('PAYROLL_ADMIN', 'Payroll Administrator', 'Runs deductions', 'ALL', 'contributions payroll reports'),
  ('ENROLLMENT_SPECIALIST', 'Enrollment Specialist', 'Helps during open enrollment', 'REGION', 'process'),
  ('COMPLIANCE_OFFICER', 'Compliance Officer', 'Answers for the filings', 'ALL', 'sensitive reports export audit compliance overrides'),
  ('AUDITOR', 'Auditor', 'Reads the audit trail', 'ALL', 'reports audit'),
  ('VIEWER', 'Executive', 'Reads company-wide figures', 'ALL', 'reports'),
  ('VIEWER', 'Department Head', 'Reads the figures of a department', 'DEPARTMENT', 'reports'),
  ('EMPLOYEE_SELF_SERVICE', 'Employee', 'Sees their own benefits', 'OWN', '')
) as t(role_type, role_name, role_description, level, rights);

create table out_benefits_role_permission as
select
  uid('benefits_role_permission', f.firm_no || '/' || r.role_name) as id, f.company_id, r.role_name, r.role_description, r.role_type,
  contains(r.rights, 'providers') as can_manage_providers, contains(r.rights, 'plans') as can_configure_plans,
  contains(r.rights, 'process') as can_process_enrollments, contains(r.rights, 'approve') as can_approve_enrollments,
  contains(r.rights, 'sensitive') as can_view_sensitive_data, contains(r.rights, 'contributions') as can_manage_contributions,
  contains(r.rights, 'reports') as can_view_reports, contains(r.rights, 'export') as can_export_data,
  contains(r.rights, 'integrations') as can_manage_integrations, contains(r.rights, 'audit') as can_view_audit_logs,
  contains(r.rights, 'exceptions') as can_handle_exceptions, contains(r.rights, 'overrides') as can_approve_overrides,
  contains(r.rights, 'compliance') as can_manage_compliance, contains(r.rights, 'payroll') as can_access_payroll_data,
  r.level as data_access_level, true as is_active, uid('user', f.firm_no || '/admin') as created_by_user_id,
  stamp(year_start(-1), '08:30:00') as created_at, stamp(year_start(-1), '08:30:00') as updated_at
from firm as f, role_kind as r;

create table held_role as
select firm_no, company_id, user_id, role_name, post from staff
union all
select firm_no, company_id, user_id, 'Employee', null from self_service where is_active;

create table out_benefits_user_role_assignment as
select
  uid('benefits_user_role_assignment', h.user_id || '/' || h.role_name) as id, h.user_id,
  uid('benefits_role_permission', h.firm_no || '/' || h.role_name) as role_id, h.company_id,
  case when h.post = 'fieldlead' then uid('department', h.firm_no || '/1') end as department_id,
  case when h.post = 'enrollment' then uid('region', h.firm_no || '/1') end as region_id,
  uid('user', h.firm_no || '/admin') as assigned_by_user_id, stamp(year_start(-1), '09:00:00') as assigned_date,
  case when h.post = 'enrollment' then (case h.firm_no when 1 then getvariable('window_end') - 118 else year_end(1) end) end as expiry_date,
  h.post is distinct from 'leaver' as is_active,
  case when h.post = 'enrollment' then 'For the open enrollment season' end as assignment_notes,
  case when h.post in ('admin', 'compliance') then 'Enhanced' when h.post is null then 'Basic' else 'Standard' end as security_clearance_level,
  h.post is not null as hipaa_training_required, case when h.post is null then 'Not Required' else 'Certified' end as hipaa_training_status,
  h.post in ('admin', 'manager') as benefits_certification_required,
  case when h.post in ('admin', 'manager') then 'Certified' else 'Not Required' end as benefits_certification_status,
  h.post is not null as compliance_training_required, case when h.post is null then 'Not Required' else 'Completed' end as compliance_training_status,
  stamp(year_start(-1), '09:00:00') as created_at, stamp(year_start(-1), '09:00:00') as updated_at
from held_role as h;

create table out_training_record as
select uid('training_record', concat_ws('/', s.user_id, c.course, n.y)) as id, s.user_id, c.course,
  year_start(n.y) + cast(10 + draw(s.user_id || c.course, 'training day', 60) as integer) as completed_on,
  year_start(n.y + 1) + cast(10 + draw(s.user_id || c.course, 'training day', 60) as integer) as expires_on
from staff as s
cross join (values ('HIPAA privacy and security'), ('Benefits compliance')) as c(course)
cross join (values (-1), (0), (1)) as n(y)
where s.post <> 'leaver' or n.y = -1;

create table out_benefits_user_preferences as
select
  uid('benefits_user_preferences', user_id) as id, user_id, company_id, '{"widgets":["cost","enrollment","budget"]}' as dashboard_layout,
  case post when 'chief' then 'Executive' when 'finance' then 'Executive' when 'compliance' then 'Compliance'
    when 'fieldlead' then 'Manager' else 'Benefits Admin' end as default_dashboard_view,
  '{"email":true,"in_app":true}' as notification_preferences, '{"format":"PDF"}' as report_preferences,
  case post when 'payroll' then 'CSV' when 'compliance' then 'Excel' else 'PDF' end as data_export_format,
  'America/New_York' as timezone, 'YYYY-MM-DD' as date_format, '24-hour' as time_format, 'en' as language_preference,
  'USD' as currency_display, 2 as decimal_places, 300 as auto_refresh_interval, 'This Month' as default_date_range,
  '["executive_dashboard"]' as favorite_reports, '{"status":"Active"}' as quick_filters, '{"budget_variance_pct":3}' as alert_thresholds,
  'Weekly' as email_digest_frequency, '{"compact":true}' as mobile_app_preferences,
  '{"high_contrast":' || (post = 'auditor') || '}' as accessibility_settings, '{"show_employer_share":true}' as benefits_statement_preferences,
  stamp(year_start(-1), '09:10:00') as created_at, stamp(year_start(0), '09:10:00') as updated_at
from staff
where post <> 'leaver';

create table out_benefits_personalized_dashboard as
select
  uid('benefits_personalized_dashboard', user_id) as id, user_id, company_id,
  case post when 'compliance' then 'Filings at a glance' when 'manager' then 'Open enrollments' else 'Cost against budget' end as dashboard_name,
  case post when 'compliance' then 'Compliance' when 'manager' then 'Manager' else 'Executive' end as dashboard_type,
  true as is_default, false as is_public, '{"rows":[["total_cost","budget_variance"],["trend"]]}' as widget_configuration,
  '{"period":"YTD"}' as data_filters, 300 as refresh_interval, true as auto_refresh_enabled, '{"department":true}' as drill_down_permissions,
  '["PDF","Excel"]' as export_permissions, '{"roles":["Executive"]}' as sharing_permissions,
  user_id as created_by_user_id, user_id as updated_by_user_id,
  stamp(year_start(-1), '09:20:00') as created_at, stamp(year_start(0), '09:20:00') as updated_at
from staff
where post in ('chief', 'finance', 'compliance', 'manager');

create table out_statement_consent as
select uid('statement_consent', i) as id, employee_id, greatest(hire_date, year_start(-1)) + 5 as consented_on, 'portal' as method
from placed
where chance(i, 'consents', 350) and greatest(hire_date, year_start(-1)) + 5 <= we;
