-- How the carrier feeds did, day by day; one planted day of one carrier breaks its agreement.
create table out_benefits_integration_monitoring as
with day_of as (
  select
    s.*, cast(d.day as date) as day, s.firm_no || '/' || s.provider_key || '/' || cast(d.day as date) as key,
    s.firm_no = 1 and s.provider_key = 'clearlake' and cast(d.day as date) = year_start(1) + 97 as is_planted
  from supplier as s
  cross join (select unnest(generate_series(year_start(0), getvariable('window_end'), interval 1 day)) as day) as d
  where not (s.is_replaced and cast(d.day as date) > year_end(0))
)
select
  uid('benefits_integration_monitoring', key) as id, company_id, provider_config_id, day as monitoring_date,
  140 + draw(key, 'response', 260) as api_response_time_ms,
  case when is_planted then 96.40 else 98.40 + draw(key, 'sync', 160) / 100.0 end as sync_success_rate,
  case when is_planted then 98.20 else 99.20 + draw(key, 'accuracy', 80) / 100.0 end as data_accuracy_score,
  case when is_planted then 3.60 else draw(key, 'errors', 150) / 100.0 end as error_rate,
  400 + draw(key, 'throughput', 500) as throughput_requests_per_hour,
  case when is_planted then 97.10 else 99.50 + draw(key, 'available', 50) / 100.0 end as availability_percentage,
  5 + draw(key, 'latency', 50) as data_latency_minutes, case when is_planted then 4 else 0 end as connection_drops,
  case when is_planted then 3 else 0 end as timeout_incidents, draw(key, 'validation', 4) as validation_failures,
  0 as compliance_violations, case when is_planted then 1 else 0 end as manual_interventions, 0 as rollback_incidents,
  case when is_planted then 71.00 else 90.00 + draw(key, 'score', 950) / 100.0 end as performance_score,
  not is_planted as sla_compliance, 0 as critical_incidents, case when is_planted then 2 else 0 end as warning_incidents,
  20 + draw(key, 'load', 3000) / 100.0 as system_load_percentage, 900 + draw(key, 'memory', 700) as memory_usage_mb,
  10 + draw(key, 'cpu', 3500) / 100.0 as cpu_usage_percentage, 12 + draw(key, 'network', 60) as network_latency_ms,
  1 + draw(key, 'disk', 9) as disk_io_wait_ms, 1 + draw(key, 'processing', 400) / 100.0 as enrollment_processing_time_avg,
  99 + draw(key, 'contribution', 100) / 100.0 as contribution_sync_accuracy,
  stamp(day, '23:50:00') as created_at, stamp(day, '23:50:00') as updated_at
from day_of;

create table out_provider_sla as
select uid('provider_sla', s.firm_no || '/' || s.provider_key || '/' || t.metric) as id, s.provider_config_id, t.metric, t.threshold, t.comparison, 1 as window_days
from supplier as s
cross join (values ('sync_success_rate', 98.0, 'at_least'), ('data_accuracy_score', 99.0, 'at_least'), ('api_response_time_ms', 500.0, 'at_most')) as t(metric, threshold, comparison);

create table out_business_associate_agreement as
select uid('business_associate_agreement', provider_config_id) as id, provider_config_id, provider_name as counterparty,
  year_start(-1) - 30 as signed_on, year_start(-1) as effective_from, case when is_replaced then year_end(0) end as effective_to, true as covers_subcontractors
from supplier
where provider_type in ('Health Insurance', 'Dental Insurance', 'Vision Insurance', 'FSA', 'EAP', 'Custom Benefits');

create table out_benefits_api_access as
select
  uid('benefits_api_access', f.firm_no || '/' || t.api_name) as id, f.company_id,
  'sample-' || md5(concat_ws('|', getvariable('seed'), f.firm_no, t.api_name)) as api_key, t.api_name, t.description as api_description, 'v1' as api_version,
  'https://api.' || f.domain || '/v1/' || t.path as endpoint_url, 'API Key' as authentication_type, 1000 as rate_limit_per_hour, 10000 as rate_limit_per_day,
  '["GET"]' as allowed_methods, '["192.0.2.0/24"]' as allowed_ips, true as is_active, t.path = 'payroll' as is_internal, 'Read Only' as access_level,
  '{"tables":["enrollment"]}' as data_access_scope, true as hipaa_compliance_required, false as phi_access_allowed,
  uid('user', f.firm_no || '/admin') as created_by_user_id, stamp(getvariable('window_end'), '04:00:00') as last_used_at,
  2000 + draw(f.firm_no || t.api_name, 'uses', 9000) as usage_count,
  stamp(year_start(-1), '08:50:00') as created_at, stamp(getvariable('window_end'), '04:00:00') as updated_at
from firm as f
cross join (values ('Payroll deductions', 'Reads deductions for payroll', 'payroll'), ('Carrier census', 'Reads the census for carriers', 'census')) as t(api_name, description, path);

create table out_benefits_mobile_app_config as
select
  uid('benefits_mobile_app_config', f.firm_no || '/' || t.platform) as id, f.company_id, '4.2.0' as app_version, t.platform, '4200' as build_number,
  year_start(1) + 20 as release_date, true as is_current, false as is_mandatory, '4.0.0' as min_supported_version, '["statement","cards"]' as features_enabled,
  '["/v1/me/benefits"]' as api_endpoints, '{"cards":true}' as offline_capabilities, '{"pin":true}' as security_config, true as push_notification_enabled,
  true as biometric_auth_enabled, 30 as offline_data_retention_days, '{"layout":"list"}' as mobile_dashboard_config, '["Show card"]' as quick_actions,
  '{"wifi_only":false}' as data_sync_settings, true as employee_portal_access, true as enrollment_management_enabled, true as benefits_statement_view,
  uid('user', f.firm_no || '/admin') as created_by_user_id, stamp(year_start(1) + 20, '08:00:00') as created_at, stamp(year_start(1) + 20, '08:00:00') as updated_at
from firm as f
cross join (values ('iOS'), ('Android')) as t(platform);
