with source as (select * from {{ source('landing', 'benefits_user_role_assignment') }})

select
    id as user_role_assignment_id,
    user_id,
    role_id,
    company_id,
    department_id,
    region_id,
    assigned_by_user_id,
    assigned_date,
    expiry_date,
    is_active,
    assignment_notes,
    security_clearance_level,
    hipaa_training_required,
    hipaa_training_status,
    benefits_certification_required,
    benefits_certification_status,
    compliance_training_required,
    compliance_training_status,
    created_at,
    updated_at
from source
