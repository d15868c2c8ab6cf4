with source as (select * from {{ source('landing', 'benefits_notification_template') }})

select
    id as notification_template_id,
    company_id,
    provider_config_id,
    template_name,
    template_type,
    notification_category,
    subject_template,
    body_template,
    template_variables,
    delivery_channels,
    priority_level,
    is_active,
    is_default,
    language_code,
    html_enabled,
    attachment_templates,
    approval_required,
    approval_workflow_id,
    approved_by_user_id,
    approved_at,
    version,
    created_by_user_id,
    updated_by_user_id,
    created_at,
    updated_at
from source
