-- Workflows, the runs behind life events and open enrollments, and the audit trail they leave.
create table workflow as
select f.firm_no, f.company_id, w.*, uid('benefits_workflow_definition', f.firm_no || '/' || w.workflow_name) as workflow_id
from firm as f
cross join (values
  ('Enrollment Processing', 'Enrollment Processing', 'Standard', 3, '["enrollment.submitted"]', '[{"step":1,"name":"Check eligibility"},{"step":2,"name":"Approve"},{"step":3,"name":"Send to carrier"}]'),
  ('Life Event Processing', 'Life Event Processing', 'Standard', 3, '["life_event.reported"]', '[{"step":1,"name":"Check proof"},{"step":2,"name":"Change coverage"},{"step":3,"name":"Send to carrier"}]'),
  ('Filing Approval', 'Compliance Check', 'Compliance', 2, '["filing.ready"]', '[{"step":1,"name":"Review by compliance"},{"step":2,"name":"Approval by a second person"}]'),
  ('Carrier Integration', 'Provider Integration', 'Standard', 2, '["feed.failed"]', '[{"step":1,"name":"Send again"},{"step":2,"name":"Call the carrier"}]')
) as w(workflow_name, workflow_type, category, steps, triggers, step_list);

create table out_benefits_workflow_definition as
select
  workflow_id as id, company_id, cast(null as varchar) as provider_config_id, workflow_name, workflow_name || ' in order' as workflow_description,
  workflow_type, category as workflow_category, triggers as trigger_events, step_list as workflow_steps,
  '{"approver_roles":["Benefits Manager","Compliance Officer"]}' as approval_rules, '{"after_hours":48,"to":"Benefits Administrator"}' as escalation_rules,
  '{"step_hours":72}' as timeout_settings, '{"on_completion":true}' as notification_rules, '{}' as conditional_logic,
  '["carrier feed"]' as integration_points, true as is_active, true as is_default, 1 as version,
  case when category = 'Compliance' then 'High' else 'Normal' end as priority_level, 1440 as max_execution_time_minutes,
  '{"attempts":3}' as retry_configuration, '{"on_error":"hold"}' as error_handling, '{"target_minutes":480}' as performance_metrics,
  '["eligibility","waiting period"]' as compliance_checks,
  uid('user', firm_no || '/admin') as created_by_user_id, uid('user', firm_no || '/admin') as updated_by_user_id,
  stamp(year_start(-1), '08:40:00') as created_at, stamp(year_start(-1), '08:40:00') as updated_at
from workflow;

create table out_approval_workflow as
select uid('approval_workflow', firm_no) as id, company_id, 'Filing approval' as name, workflow_id as workflow_definition_id,
  1 as definition_version, true as four_eyes, '["Compliance Officer","Benefits Manager"]' as approver_roles, true as is_active
from workflow
where workflow_name = 'Filing Approval';

create table case_run as
select
  e.*, case when e.is_event then 'Life Event Processing' else 'Enrollment Processing' end as workflow_name,
  e.enrollment_status in ('Pending', 'Submitted', 'On Hold') as is_open,
  cast(greatest(least(e.covered_from - 12, getvariable('window_end') - 3), e.start_date) as date) as begun,
  20 + draw(e.enrollment_id, 'minutes', 2600) as minutes
from numbered_enrollment as e
where e.benefit_type = 'health' and e.enrollment_status <> 'Cancelled'
  and (e.is_event or e.enrollment_status in ('Pending', 'Submitted', 'On Hold') or (e.enrollment_type = 'New Hire' and chance(e.i, 'case kept', 300)));

create table out_benefits_workflow_execution as
select
  uid('benefits_workflow_execution', r.enrollment_id) as id, r.company_id, w.workflow_id as workflow_definition_id, r.enrollment_id,
  'WF-' || r.enrollment_number as execution_id,
  case r.enrollment_status when 'On Hold' then 'On Hold' when 'Pending' then 'In Progress' when 'Submitted' then 'Pending' else 'Completed' end as execution_status,
  case when not r.is_open then w.steps when r.enrollment_status = 'Pending' then 2 else 1 end as current_step, w.steps as total_steps,
  stamp(r.begun, '10:00:00') as started_at,
  case when not r.is_open then strftime(cast(r.begun as timestamp) + interval 10 hour + to_minutes(r.minutes), '%Y-%m-%d %H:%M:%S') end as completed_at,
  stamp(r.begun + 7, '17:00:00') as due_date, case when not r.is_open then r.minutes end as actual_duration_minutes,
  uid('user', r.firm_no || '/specialist') as initiator_user_id, uid('user', r.firm_no || '/manager') as assigned_to_user_id,
  case when r.is_open then '[]' else '[{"step":1,"result":"passed"},{"step":2,"result":"passed"}]' end as step_history,
  '{}' as current_step_data, '{"level":"' || r.coverage_level || '"}' as variables, '[]' as error_log, 0 as retry_count, 3 as max_retries,
  case when r.enrollment_status = 'On Hold' then 1 else 0 end as escalation_level, '[]' as child_executions,
  case when not r.is_open then '{"minutes":' || r.minutes || '}' end as performance_metrics,
  case when not r.is_open then '{"outcome":"done"}' end as completion_summary, '{"eligibility":"passed"}' as compliance_validation,
  stamp(r.begun, '10:00:00') as created_at, stamp(least(r.begun + 2, getvariable('window_end')), '18:00:00') as updated_at
from case_run as r
inner join workflow as w on w.firm_no = r.firm_no and w.workflow_name = r.workflow_name;

create table trace as
select
  'event/' || enrollment_id as key, firm_no, company_id, provider_config_id, enrollment_id, 'Enrollment Processing' as audit_type,
  'Update' as action, 'Enrollment' as entity_type, enrollment_id as entity_id,
  '{"coverage_level":"' || (case when coverage_level = 'Employee + Family' and event_kind = 'birth' then 'Employee + Spouse' else 'Employee Only' end) || '"}' as old_values,
  '{"coverage_level":"' || coverage_level || '"}' as new_values, '["coverage_level","contributions"]' as field_changes,
  'Life event: ' || event_kind as action_reason, 'Low' as risk_level, 1 as affected_employees, 'PHI' as data_sensitivity_level,
  'HIPAA' as regulatory_impact, 'specialist' as post, least(covered_from, getvariable('window_end')) as day, i as draw_key
from numbered_enrollment
where is_event
union all
select
  'end/' || enrollment_id, firm_no, company_id, provider_config_id, enrollment_id, 'Enrollment Processing', 'Terminate', 'Enrollment', enrollment_id,
  '{"enrollment_status":"Active"}', '{"enrollment_status":"Terminated"}', '["enrollment_status","termination_date"]', 'Employment ended', 'Low', 1,
  'PHI', 'COBRA', 'specialist', termination_date, i
from numbered_enrollment
where termination_date is not null and benefit_type = 'health'
union all
select
  'waiver/' || enrollment_id, firm_no, company_id, provider_config_id, enrollment_id, 'Enrollment Processing', 'Reject', 'Enrollment', enrollment_id,
  '{}', '{"response":"waived"}', '["response"]', 'Coverage waived', 'Low', 1, 'PHI', 'ACA', 'specialist', greatest(covered_from - 20, start_date), i
from numbered_enrollment
where enrollment_status = 'Cancelled'
union all
select
  'carrier/' || provider_config_id, firm_no, company_id, provider_config_id, null, 'Configuration Change', 'Deactivate', 'Provider Config',
  provider_config_id, '{"is_active":true}', '{"is_active":false}', '["is_active"]', 'Carrier changed at the start of the plan year', 'High',
  (select cast(count(distinct e.i) as integer) from numbered_enrollment as e where e.provider_config_id = supplier.provider_config_id and e.covered_to = year_end(0)),
  'Confidential', 'ERISA', 'admin', year_start(1), firm_no
from supplier
where is_replaced
union all
select
  'role/' || user_id, firm_no, company_id, null, null, 'Access Control', 'Create', 'User Role', user_id, '{}', '{"role":"' || role_name || '"}',
  '["role"]', 'Role assigned', 'Medium', 0, 'Internal', 'None', 'admin', year_start(-1), firm_no
from staff;

create table out_benefits_audit_trail as
select
  uid('benefits_audit_trail', key) as id, company_id, provider_config_id, enrollment_id, audit_type, action, entity_type, entity_id,
  old_values, new_values, field_changes, action_reason, 'Plan terms' as business_justification,
  case when risk_level = 'High' then 'Feeds and contributions change for everyone covered' end as impact_assessment,
  risk_level, case when regulatory_impact = 'COBRA' then 'Continuation offer due' end as compliance_impact, affected_employees,
  data_sensitivity_level, regulatory_impact, uid('user', firm_no || '/' || post) as performed_by_user_id,
  '192.0.2.' || (10 + draw(key, 'address', 200)) as ip_address, 'Sample browser' as user_agent, 'S-' || substr(md5(key), 1, 12) as session_id,
  stamp(day, lpad(cast(8 + draw(key, 'hour', 9) as varchar), 2, '0') || ':' || lpad(cast(draw(key, 'minute', 60) as varchar), 2, '0') || ':00') as timestamp,
  '{"source":"benefits office"}' as additional_context
from trace;
