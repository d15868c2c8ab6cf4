-- Which report goes to whom, when and how.
set variable custom_report = json_object(
  'name', 'cost_by_category',
  'title', 'Cost against budget by category',
  'question', 'What does each kind of benefit cost, and was it planned?',
  'dataset', 'benefit_cost',
  'filters', json('[{"column":"analysis_date","is":">=","parameter":"period_start"},{"column":"analysis_date","is":"<=","parameter":"period_end"}]'),
  'groups', json('["cost_category"]'),
  'measures', json('[{"name":"cost","label":"Cost","of":"sum","column":"cost_amount"},{"name":"budget","label":"Budget","of":"sum","column":"budget_amount"},{"name":"variance","label":"Over or under","of":"sum","column":"variance_amount"}]'),
  'sort', json('[{"column":"cost","descending":true}]'),
  'parameters', json('{"period_start":{"type":"date"},"period_end":{"type":"date"}}')
);
create table out_benefits_reporting_requirements as
with wanted as (
  select * from (values
    ('executive_dashboard', 'Custom Report', 'Executive dashboard', 'Cost, enrollment and budget in one page', 'Monthly', 'PDF', 'Email',
      '["Executive"]', 'manager', '{"report":"executive_dashboard"}', '{"rule":"period end","timezone":"America/New_York"}', null, false, true),
    ('enrollment_census', 'Custom Report', 'Enrollment census for the carrier', 'Who is covered, by plan and level', 'Monthly', 'Excel', 'SFTP',
      '[]', null, '{"report":"enrollment_census","destination":"carrier_drop"}', '{"rule":"period end","timezone":"America/New_York"}', null, false, true),
    ('aca_1095c', 'ACA 1095', 'Statements of offered coverage', 'One statement per full-time employee', 'Annually', 'PDF', 'SFTP',
      '["Compliance Officer"]', null, '{"report":"aca_1095c","destination":"print_vendor"}', '{"rule":"20 days after year end","timezone":"America/New_York"}', 'ACA', true, true),
    ('form_5500', 'Form 5500', 'Annual return of the welfare plan', 'The wrap plan and its contracts', 'Annually', 'PDF', 'SFTP',
      '["Compliance Officer"]', null, '{"report":"form_5500","destination":"print_vendor"}', '{"rule":"90 days after year end","timezone":"America/New_York"}', 'ERISA', true, true),
    ('cost_by_category', 'Custom Report', 'Cost against budget by category', 'A custom report, declared as data', 'Quarterly', 'Excel', 'Email',
      '["Benefits Manager"]', null, '{"custom":@custom}', '{"rule":"period end","timezone":"America/New_York"}', null, false, true),
    ('portal_dashboard', 'Custom Report', 'Executive dashboard in the portal', 'The same page on the portal', 'Monthly', 'PDF', 'Portal',
      '["Executive"]', null, '{"report":"executive_dashboard"}', '{"rule":"period end","timezone":"America/New_York"}', null, false, true),
    ('api_census', 'Custom Report', 'Enrollment census by API', 'For the payroll system', 'Monthly', 'JSON', 'API',
      '["Payroll Administrator"]', null, '{"report":"enrollment_census"}', '{"rule":"period end","timezone":"America/New_York"}', null, false, true),
    ('manual_census', 'Custom Report', 'Enrollment census for download', 'Fetched by the benefits office', 'Monthly', 'CSV', 'Manual Download',
      '["Benefits Administrator"]', null, '{"report":"enrollment_census"}', '{"rule":"period end","timezone":"America/New_York"}', null, false, true),
    ('department_dashboard', 'Custom Report', 'Dashboard for department heads', 'Waits until slices by department exist', 'Monthly', 'PDF', 'Email',
      '["Department Head"]', null, '{"report":"executive_dashboard"}', '{"rule":"period end","timezone":"America/New_York"}', null, false, true),
    ('plan_summary', 'ERISA SPD', 'Summary plan description', 'On request', 'On-demand', 'PDF', 'Manual Download',
      '["Benefits Administrator"]', null, null, null, 'ERISA', false, false)
  ) as t(key, report_type, report_name, report_description, frequency, report_format, delivery_method,
    recipient_roles, also_to, template_config, scheduling_config, compliance_type, needs_approval, auto_generate)
)
select
  uid('benefits_reporting_requirements', f.firm_no || '/' || w.key) as id, f.company_id, cast(null as varchar) as provider_config_id,
  case when w.compliance_type is not null then uid('benefits_compliance_config', f.firm_no || '/' || w.compliance_type) end as compliance_config_id,
  w.report_type, w.report_name, w.report_description, w.frequency as reporting_frequency, '{"tables":["benefits_enrollment"]}' as data_source,
  w.report_format, w.delivery_method, w.recipient_roles,
  case when w.also_to is null then '[]' else '["' || w.also_to || '@' || f.domain || '"]' end as distribution_list,
  replace(w.template_config, '@custom', getvariable('custom_report')) as template_config, w.scheduling_config,
  case when w.needs_approval then uid('approval_workflow', f.firm_no) end as approval_workflow_id, w.auto_generate, true as is_active,
  uid('user', f.firm_no || '/admin') as created_by_user_id, uid('user', f.firm_no || '/admin') as updated_by_user_id,
  stamp(year_start(-1), '11:30:00') as created_at, stamp(year_start(0), '11:30:00') as updated_at
from firm as f
cross join wanted as w
where not (w.key in ('aca_1095c') and f.kind in ('3', '5'));
