with source as (select * from {{ source('landing', 'benefits_role_permission') }})

select
    id as role_permission_id,
    company_id,
    role_name,
    role_description,
    role_type,
    can_manage_providers,
    can_configure_plans,
    can_process_enrollments,
    can_approve_enrollments,
    can_view_sensitive_data,
    can_manage_contributions,
    can_view_reports,
    can_export_data,
    can_manage_integrations,
    can_view_audit_logs,
    can_handle_exceptions,
    can_approve_overrides,
    can_manage_compliance,
    can_access_payroll_data,
    data_access_level,
    is_active,
    created_by_user_id,
    created_at,
    updated_at
from source
