with source as (select * from {{ source('landing', 'benefits_reporting_requirements') }})

select
    id as reporting_requirements_id,
    company_id,
    provider_config_id,
    compliance_config_id,
    report_type,
    report_name,
    report_description,
    reporting_frequency,
    data_source,
    report_format,
    delivery_method,
    recipient_roles,
    distribution_list,
    template_config,
    scheduling_config,
    approval_workflow_id,
    auto_generate,
    is_active,
    last_generated_at,
    next_generation_date,
    created_by_user_id,
    updated_by_user_id,
    created_at,
    updated_at
from source
