with source as (select * from {{ source('landing', 'benefits_personalized_dashboard') }})

select
    id as personalized_dashboard_id,
    user_id,
    company_id,
    dashboard_name,
    dashboard_type,
    is_default,
    is_public,
    widget_configuration,
    data_filters,
    refresh_interval,
    auto_refresh_enabled,
    drill_down_permissions,
    export_permissions,
    sharing_permissions,
    created_by_user_id,
    updated_by_user_id,
    created_at,
    updated_at
from source
