with source as (select * from {{ source('landing', 'benefits_audit_trail') }})

select
    id as audit_trail_id,
    company_id,
    provider_config_id,
    enrollment_id,
    audit_type,
    action,
    entity_type,
    entity_id,
    old_values,
    new_values,
    field_changes,
    action_reason,
    business_justification,
    impact_assessment,
    risk_level,
    compliance_impact,
    affected_employees,
    data_sensitivity_level,
    regulatory_impact,
    performed_by_user_id,
    ip_address,
    user_agent,
    session_id,
    timestamp,
    additional_context
from source
