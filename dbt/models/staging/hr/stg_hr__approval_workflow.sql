with source as (select * from {{ source('landing', 'approval_workflow') }})

select
    id as approval_workflow_id,
    company_id,
    name,
    workflow_definition_id,
    definition_version,
    four_eyes,
    approver_roles,
    is_active,
    updated_at
from source
