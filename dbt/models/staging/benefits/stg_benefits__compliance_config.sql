with source as (select * from {{ source('landing', 'benefits_compliance_config') }})

select
    id as compliance_config_id,
    company_id,
    provider_config_id,
    compliance_type,
    jurisdiction,
    compliance_code,
    regulation_name,
    compliance_requirements,
    reporting_requirements,
    notification_requirements,
    data_retention_period,
    audit_frequency,
    certification_requirements,
    documentation_requirements,
    is_active,
    effective_date,
    expiry_date,
    last_updated_by_authority,
    created_by_user_id,
    updated_by_user_id,
    created_at,
    updated_at
from source
