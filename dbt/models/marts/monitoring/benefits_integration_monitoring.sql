{% set numbers = {
  'sync_success_rate': 100, 'data_accuracy_score': 100, 'error_rate': 100, 'availability_percentage': none,
  'performance_score': 100, 'system_load_percentage': none, 'cpu_usage_percentage': none,
  'contribution_sync_accuracy': none
} -%}
{% set whole_numbers = [
  'api_response_time_ms', 'throughput_requests_per_hour', 'data_latency_minutes', 'connection_drops',
  'timeout_incidents', 'validation_failures', 'compliance_violations', 'manual_interventions',
  'rollback_incidents', 'critical_incidents', 'warning_incidents', 'memory_usage_mb', 'network_latency_ms',
  'disk_io_wait_ms'
] -%}
{% set not_negative = ['api_response_time_ms', 'throughput_requests_per_hour', 'connection_drops'] -%}
with monitoring_day as (
  select * from {{ ref('int_provider__monitoring_day') }}
)

select
  {{ uuid5(["'benefits_integration_monitoring'", 'company_id', 'provider_config_id', 'monitoring_date']) }} as id,
  company_id,
  provider_config_id,
  monitoring_date,
  {% for name in whole_numbers -%}
  {% if name in not_negative -%}
  cast(case when {{ name }} >= 0 then {{ name }} end as integer) as {{ name }},
  case when {{ name }} is null then 'not_measured' when {{ name }} < 0 then 'out_of_range' else 'reported' end as {{ name }}_status,
  cast(case when {{ name }} < 0 then {{ name }} end as integer) as {{ name }}_exact,
  {% else -%}
  {{ name }},
  case when {{ name }} is null then 'not_measured' else 'reported' end as {{ name }}_status,
  {% endif -%}
  {% endfor -%}
  {% for name, most in numbers.items() -%}
  {{ measured(name, name, "'reported'", 5, least=('0' if most else none), most=most) }},
  {% endfor -%}
  {{ measured('enrollment_processing_time_avg', 'enrollment_processing_time_avg', "'reported'", 8) }},
  sla_compliance,
  case when sla_compliance is null then 'not_measured' else 'reported' end as sla_compliance_status,
  cast({{ as_of() }} as timestamp) as created_at,
  cast({{ as_of() }} as timestamp) as updated_at
from monitoring_day
