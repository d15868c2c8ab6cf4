-- What the company promised about law, security and retention, and how it kept it.
create table out_benefits_compliance_config as
select
  uid('benefits_compliance_config', f.firm_no || '/' || t.compliance_type) as id, f.company_id, cast(null as varchar) as provider_config_id, t.compliance_type,
  t.jurisdiction, t.code as compliance_code, t.regulation as regulation_name, '["' || t.regulation || '"]' as compliance_requirements,
  '["annual"]' as reporting_requirements, '["employees"]' as notification_requirements, t.days as data_retention_period, t.frequency as audit_frequency,
  '["annual training"]' as certification_requirements, '["plan document"]' as documentation_requirements, true as is_active, year_start(-2) as effective_date,
  year_start(0) as last_updated_by_authority, uid('user', f.firm_no || '/compliance') as created_by_user_id, uid('user', f.firm_no || '/compliance') as updated_by_user_id,
  stamp(year_start(-1), '10:30:00') as created_at, stamp(year_start(0), '10:30:00') as updated_at
from firm as f
cross join (values
  ('ACA', 'Federal', 'ACA-REPORTING', 'Employer reporting of offers and coverage', 2555, 'Monthly'),
  ('HIPAA', 'Federal', 'HIPAA-SECURITY', 'Privacy and security of health information', 2190, 'Daily'),
  ('ERISA', 'Federal', 'ERISA-REPORTING', 'Reporting and disclosure of plans', 2190, 'Annually'),
  ('COBRA', 'Federal', 'COBRA-NOTICE', 'Continuation of coverage', 2190, 'Weekly'),
  ('State Law', 'Ohio', 'STATE-CONTINUATION', 'State continuation of coverage', 1825, 'Quarterly'),
  ('Industry Standard', 'Contract', 'FEED-SLA', 'Service levels of carrier feeds', 1095, 'Daily')
) as t(compliance_type, jurisdiction, code, regulation, days, frequency);

create table out_benefits_compliance_monitoring as
select
  uid('benefits_compliance_monitoring', f.firm_no || '/' || t.compliance_type) as id, f.company_id, cast(null as varchar) as provider_config_id, t.compliance_type,
  t.frequency as monitoring_frequency, stamp(getvariable('window_end'), '03:00:00') as last_check_date, stamp(getvariable('window_end') + 1, '03:00:00') as next_check_date,
  case when f.firm_no = 1 then t.status else 'Compliant' end as compliance_status, case when f.firm_no = 1 then t.score else 100.00 end as compliance_score,
  case when f.firm_no = 1 then t.violations else 0 end as violations_detected, 0 as critical_violations, 0 as violations_resolved,
  case when f.firm_no = 1 then t.violations else 0 end as open_violations, '[]' as compliance_rules, '[]' as monitoring_results, '[]' as remediation_actions,
  '[]' as regulatory_updates, '[]' as audit_trail, '{"level":"Low"}' as risk_assessment, '[]' as compliance_reports, '{"email":true}' as notification_settings,
  false as auto_remediation_enabled, '{"after_days":5}' as escalation_rules, '[]' as hipaa_audit_logs, '{}' as phi_access_monitoring,
  uid('user', f.firm_no || '/compliance') as created_by_user_id, uid('user', f.firm_no || '/compliance') as updated_by_user_id,
  stamp(year_start(-1), '03:00:00') as created_at, stamp(getvariable('window_end'), '03:00:00') as updated_at
from firm as f
cross join (values
  ('ACA', 'Daily', 'Warning', 92.00, 1), ('HIPAA', 'Daily', 'Warning', 90.00, 2), ('ERISA', 'Monthly', 'Compliant', 100.00, 0),
  ('COBRA', 'Weekly', 'Under Review', 95.00, 0), ('State Laws', 'Monthly', 'Compliant', 100.00, 0), ('Industry Standards', 'Daily', 'Warning', 94.00, 1),
  ('GDPR', 'Monthly', 'Exempt', 100.00, 0), ('CCPA', 'Monthly', 'Exempt', 100.00, 0)
) as t(compliance_type, frequency, status, score, violations);

create table out_benefits_security_config as
select
  uid('benefits_security_config', f.firm_no || '/' || t.scope) as id, f.company_id,
  case when t.scope = 'health' then (select max(s.provider_config_id) from supplier as s where s.firm_no = f.firm_no and s.provider_type = 'Health Insurance' and not s.is_replaced) end as provider_config_id,
  t.level as security_level, true as encryption_at_rest, true as encryption_in_transit, 'AES-256' as encryption_algorithm, true as data_masking_enabled,
  'Enhanced' as phi_protection_level, true as hipaa_compliance_enabled, true as access_logging_enabled,
  case when f.firm_no = 1 and t.scope = 'company' then 20 else t.minutes end as session_timeout_minutes, '{"min_length":14}' as password_policy,
  true as multi_factor_auth_required, false as ip_whitelist_enabled, '[]' as allowed_ip_ranges, false as geo_fencing_enabled, '["US"]' as allowed_countries,
  '{"default":"Confidential"}' as data_classification_policy, true as breach_detection_enabled, true as automated_backup_enabled, 90 as backup_retention_days,
  '{"contact":"admin"}' as disaster_recovery_plan, 'Monthly' as security_audit_frequency, 'Annually' as penetration_testing_frequency,
  true as hipaa_business_associate_agreement, uid('user', f.firm_no || '/admin') as created_by_user_id, uid('user', f.firm_no || '/admin') as updated_by_user_id,
  stamp(year_start(-1), '08:20:00') as created_at, stamp(year_start(1), '08:20:00') as updated_at
from firm as f
cross join (values ('company', 'High', 15), ('health', 'Maximum', 10)) as t(scope, level, minutes);

create table retention as
select f.firm_no, f.company_id, t.*, uid('benefits_retention_policy', f.firm_no || '/' || t.policy_name) as policy_id
from firm as f
cross join (values
  ('Enrollment records', 'Legal Requirement', 'Enrollment Data', 2555, 'Archive', 'Compliance Archive', 'Enrollment Records', false),
  ('Health information', 'HIPAA Requirement', 'PHI Data', 2190, 'Secure Delete', 'Secure Delete', 'PHI Data', true),
  ('Audit logs', 'HIPAA Requirement', 'Audit Logs', 2190, 'Archive', 'Cold Storage', 'Audit Logs', false),
  ('Messages', 'Company Policy', 'Communication Logs', 1095, 'Delete', 'Secure Delete', 'Notifications', false)
) as t(policy_name, policy_type, data_category, days, archival_action, location, data_type, is_phi);

create table out_benefits_retention_policy as
select
  policy_id as id, company_id, cast(null as varchar) as provider_config_id, policy_name, policy_type, data_category, days as retention_period_days,
  'Fixed Days' as retention_period_type, archival_action, location as archival_location, '["plan records"]' as compliance_requirements,
  'Kept as long as a claim may be made' as business_justification, true as auto_apply, true as is_active, year_start(-2) as effective_date,
  year_start(1) + 14 as last_review_date, year_start(2) + 14 as next_review_date, 12 as review_frequency_months, false as exceptions_allowed,
  true as exception_approval_required, '{"days_before":30}' as notification_settings, is_phi as hipaa_protection_required,
  case when is_phi then 'Cryptographic Erase' else 'Secure Erase' end as data_disposal_method,
  uid('user', firm_no || '/compliance') as created_by_user_id, uid('user', firm_no || '/compliance') as updated_by_user_id,
  stamp(year_start(-2), '11:00:00') as created_at, stamp(year_start(1) + 14, '11:00:00') as updated_at
from retention;

create table out_benefits_archival_log as
select
  uid('benefits_archival_log', r.policy_id || '/' || s.y) as id, r.company_id, r.policy_id as retention_policy_id,
  'BATCH-' || (getvariable('tax_year') + s.y) || '-' || upper(substr(md5(r.policy_id), 1, 6)) as archival_batch_id, s.start_date + 40 as archival_date,
  r.archival_action, r.data_type, 200 + draw(r.policy_id || s.y, 'records', 900) as records_processed,
  200 + draw(r.policy_id || s.y, 'records', 900) as records_archived, 0 as records_failed,
  case when r.archival_action = 'Archive' then 'archive/' || (getvariable('tax_year') + s.y) end as archive_location,
  5 + draw(r.policy_id || s.y, 'size', 900) / 10.0 as archive_size_mb, 0.35 as compression_ratio, 'AES-256' as encryption_method,
  s.start_date + 40 + r.days as retention_expiry_date, 'Verified' as verification_status, stamp(s.start_date + 41, '06:00:00') as verification_date,
  '{"checksum":"matched"}' as verification_details, '[]' as error_log, false as rollback_available, true as compliance_attestation,
  uid('user', r.firm_no || '/compliance') as attestation_by_user_id, stamp(s.start_date + 42, '09:00:00') as attestation_date,
  20 + draw(r.policy_id || s.y, 'savings', 400) as cost_savings, r.is_phi as hipaa_compliance_verified,
  uid('user', r.firm_no || '/admin') as created_by_user_id, stamp(s.start_date + 40, '02:00:00') as created_at, stamp(s.start_date + 42, '09:00:00') as updated_at
from retention as r
cross join season as s;

create table out_document as
select uid('document', f.firm_no || '/' || t.kind) as id, f.company_id, uid('benefit_plan', f.firm_no || '/wrap') as benefit_plan_id, t.kind,
  year_start(-1) as effective_from, year_start(-1) - 20 as executed_at, 'Enrollment records' as retention_class
from firm as f
cross join (values ('plan document'), ('summary plan description')) as t(kind);

create table out_security_incident as
select uid('security_incident', firm_no) as id, company_id, year_start(0) + 133 as discovered_on, false as involves_phi, true as was_encrypted,
  0 as individuals_affected, state, year_start(0) + 135 as risk_assessed_on
from firm
where firm_no = 1;

create table out_dsar as
select uid('dsar', firm_no) as id, company_id, 'State privacy law' as law, year_start(1) + 61 as received_on, year_start(1) + 63 as acknowledged_on,
  year_start(1) + 90 as closed_on, 'answered' as outcome
from firm
where firm_no = 2;

create table out_data_completeness as
select uid('data_completeness', f.firm_no || '/' || t.table_name) as id, f.company_id, t.table_name, getvariable('window_start') as complete_from,
  getvariable('window_end') as complete_to
from firm as f
cross join (values ('benefits_enrollment'), ('benefit_offer'), ('hours_of_service')) as t(table_name);

-- Nobody has these: the files say so with a header alone.
create table out_contribution_adjustment as select cast(null as varchar) as id where false;
create table out_coverage_basis as select cast(null as varchar) as id where false;
create table out_plan_participant as select cast(null as varchar) as id where false;
