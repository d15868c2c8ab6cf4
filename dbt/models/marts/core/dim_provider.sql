select
  provider_config_id,
  company_id,
  provider_name,
  provider_type,
  provider_code,
  integration_method,
  sync_frequency,
  is_primary_provider,
  is_active,
  connection_status
from {{ ref('stg_benefits__provider_config') }}
