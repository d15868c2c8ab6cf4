-- Carriers as the integration knows them, and the people who sign in.
create table staff as
select
  firm.firm_no, firm.company_id, firm.domain, s.post, s.full_name, s.role_type, s.role_name,
  uid('user', firm.firm_no || '/' || s.post) as user_id,
  s.post || '@' || firm.domain as email
from firm
cross join (values
  ('chief', 'Rosalind Ashdown-Vale', 'VIEWER', 'Executive'),
  ('finance', 'Desmond Quarrington', 'VIEWER', 'Executive'),
  ('admin', 'Linnea Copperfield-Low', 'BENEFITS_ADMIN', 'Benefits Administrator'),
  ('manager', 'Jasper Netherby', 'BENEFITS_MANAGER', 'Benefits Manager'),
  ('specialist', 'Ottilie Wexcombe', 'BENEFITS_SPECIALIST', 'Benefits Specialist'),
  ('hr', 'Conrad Farthingale', 'HR_ADMIN', 'HR Administrator'),
  ('payroll', 'Verity Kingsfold', 'PAYROLL_ADMIN', 'Payroll Administrator'),
  ('enrollment', 'Yusuf Lanternby', 'ENROLLMENT_SPECIALIST', 'Enrollment Specialist'),
  ('compliance', 'Greta Hallowell-Finch', 'COMPLIANCE_OFFICER', 'Compliance Officer'),
  ('auditor', 'Percival Drywell', 'AUDITOR', 'Auditor'),
  ('fieldlead', 'Maren Brindlewood', 'VIEWER', 'Department Head'),
  ('leaver', 'Bram Coldharbor', 'BENEFITS_SPECIALIST', 'Benefits Specialist')
) as s(post, full_name, role_type, role_name);

create table clerk as
select firm_no, max(user_id) filter (where post = 'specialist') as specialist_id, max(user_id) filter (where post = 'manager') as manager_id
from staff
group by firm_no;

create table out_benefits_provider_config as
select
  provider_config_id as id, company_id, provider_name, provider_type,
  upper(replace(provider_key, '_', '-')) as provider_code, integration_method,
  case when integration_method in ('API', 'Webhook') then 'https://' || replace(provider_key, '_', '-') || '.example.invalid/v1' end as api_endpoint_url,
  'v1' as api_version, authentication_type, '{"vault":"' || provider_key || '"}' as authentication_config,
  data_format, 'UTF-8' as encoding_format, sync_frequency,
  case when integration_method in ('SFTP', 'EDI', 'File Upload') then 'Outbound Only' else 'Bidirectional' end as sync_direction,
  provider_type = 'Health Insurance' and not is_replaced as is_primary_provider, not is_replaced as is_active,
  case when is_replaced then 'Disconnected' when provider_key = 'clearlake' then 'Error' else 'Connected' end as connection_status,
  stamp(case when is_replaced then year_end(0) else getvariable('window_end') end, '05:10:00') as last_sync_at,
  stamp(case when is_replaced then year_end(0) when provider_key = 'clearlake' then getvariable('window_end') - 2 else getvariable('window_end') end, '05:10:00') as last_successful_sync_at,
  case when provider_key = 'clearlake' then 2 else 0 end as error_count, 3 as max_retry_attempts,
  30 as timeout_seconds, 1000 as rate_limit_per_hour,
  case provider_type
    when 'Health Insurance' then '["Health"]' when 'Dental Insurance' then '["Dental"]' when 'Vision Insurance' then '["Vision"]'
    when 'Life Insurance' then '["Life"]' when 'Disability Insurance' then '["Disability"]'
    when 'Retirement 401k' then '["Retirement"]' when 'Retirement IRA' then '["Retirement"]'
    when 'Wellness Program' then '["Wellness"]' else '["Other"]' end as supported_benefit_types,
  '{"employee_number":"subscriber_id","coverage_level":"tier"}' as field_mappings,
  '{"required":["subscriber_id","tier"]}' as validation_rules,
  '{"dates":"YYYYMMDD"}' as transformation_rules,
  '{"aca":' || (provider_type = 'Health Insurance') || ',"hipaa":true,"erisa":true}' as compliance_settings,
  uid('user', firm_no || '/admin') as created_by_user_id, uid('user', firm_no || '/admin') as updated_by_user_id,
  stamp(year_start(-1), '08:00:00') as created_at,
  stamp(case when is_replaced then year_end(0) else getvariable('window_end') end, '05:10:00') as updated_at
from supplier;
